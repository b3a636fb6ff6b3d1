package propusk.miniapp.signin;

import java.util.Optional;
import propusk.domain.browser.BrowserInfo;
import propusk.domain.seal.Secret;
import propusk.domain.signin.BrowserProof;
import propusk.domain.signin.LocalPath;
import propusk.domain.signin.SignInRequest;
import propusk.miniapp.edge.ClientAddress;

/// The browser that wants to enter.
///
/// @param cookie by which it is known again while it waits
/// @param device the one of a remembered browser
/// @param session the one with which it is signed in, perhaps as somebody else
/// @param next where it wants to go on
/// @param remember whether it wants to be known again
record From(
    ClientAddress address,
    BrowserInfo browser,
    Secret cookie,
    Optional<Secret> device,
    Optional<Secret> session,
    Optional<LocalPath> next,
    boolean remember) {

  BrowserProof proof() {
    return new BrowserProof.Cookie(cookie);
  }

  SignInRequest request() {
    return new SignInRequest(proof(), browser, address.subject(), next, remember);
  }
}
