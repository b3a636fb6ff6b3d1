package propusk.domain.signin;

import java.util.Optional;
import propusk.domain.browser.BrowserInfo;

/// What a browser that wants to enter brings along.
///
/// @param proof what it will show when it comes back
/// @param browser as it calls itself, and where it is
/// @param address what its limits are counted by
/// @param redirect where it wants to go on
/// @param remember whether it wants to be known again
public record SignInRequest(
    BrowserProof proof,
    BrowserInfo browser,
    String address,
    Optional<LocalPath> redirect,
    boolean remember) {}
