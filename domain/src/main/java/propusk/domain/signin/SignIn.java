package propusk.domain.signin;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import propusk.domain.browser.BrowserInfo;
import propusk.domain.organization.OrganizationId;

/// A browser that wants to enter.
///
/// @param number what its page shows and the person picks, 10 to 99
/// @param choices the three numbers in the chat, in their order
/// @param browser as it calls itself, and where it is
/// @param organizationId whose it is: of an event, or of a page of another site
/// @param eventId of an event's sign-in
/// @param redirect where the browser goes on
/// @param remember whether the browser wants to be known again
/// @param origin the site whose page began it, where that is not ours
/// @param vouchedBy the organization that says who the person is; empty: they said it to our bot
/// @param deadline when this state ends
public record SignIn(
    SignInId id,
    SignInKind kind,
    SignInState state,
    long version,
    int number,
    List<Integer> choices,
    BrowserInfo browser,
    Optional<Long> organizationId,
    Optional<Long> eventId,
    Optional<LocalPath> redirect,
    boolean remember,
    Optional<String> origin,
    Optional<OrganizationId> vouchedBy,
    Instant createdAt,
    Instant deadline) {

  SignIn next(SignInState next, Instant newDeadline) {
    return new SignIn(
        id,
        kind,
        next,
        version + 1,
        number,
        choices,
        browser,
        organizationId,
        eventId,
        redirect,
        remember,
        origin,
        vouchedBy,
        createdAt,
        newDeadline);
  }

  SignIn vouchedBy(OrganizationId organization) {
    return new SignIn(
        id,
        kind,
        state,
        version,
        number,
        choices,
        browser,
        organizationId,
        eventId,
        redirect,
        remember,
        origin,
        Optional.of(organization),
        createdAt,
        deadline);
  }
}
