package propusk.domain.login;

import propusk.domain.seal.Secret;

/// What came of opening a login's page.
public sealed interface OpenOutcome {
  /// @param bearer lets this tab read the login for 15 minutes
  record Opened(Secret bearer, LoginSnapshot snapshot) implements OpenOutcome {}

  /// Somebody else asked for this login.
  record NotYours() implements OpenOutcome {}

  record Unknown() implements OpenOutcome {}

  /// These init data were used by another tab.
  record Replayed() implements OpenOutcome {}
}
