package propusk.domain.login;

import propusk.domain.seal.Secret;

/// What the owner's page knows of the second screen.
public sealed interface SecondScreen {

  /// Nobody has opened it yet.
  ///
  /// @param link the secret part of `/connect/…`
  record Offered(Secret link, PageCode code) implements SecondScreen {}

  record Open(LoginBrowser browser) implements SecondScreen {}
}
