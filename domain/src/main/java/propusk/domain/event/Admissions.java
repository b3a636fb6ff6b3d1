package propusk.domain.event;

import java.util.Optional;
import org.jdbi.v3.core.Handle;
import propusk.domain.account.AccountId;
import propusk.domain.magic.MagicLinks;
import propusk.domain.organization.Memberships;
import propusk.domain.organization.OrganizationId;
import propusk.domain.signin.LocalPath;
import propusk.domain.signin.OpenOutcome;
import propusk.domain.signin.SignIn;
import propusk.domain.signin.SignInCode;
import propusk.domain.signin.SignIns;

/// What an event's sign-in brings its person, besides letting the browser in that waits: a
/// membership, a place at the event, and a link for a browser that lost its page. All in the
/// caller's transaction, the one of the yes.
public final class Admissions {
  private static final LocalPath HOME = new LocalPath("/dashboard");

  private final SignIns signIns;
  private final Events events;
  private final Memberships memberships;
  private final MagicLinks links;

  public Admissions(SignIns signIns, Events events, Memberships memberships, MagicLinks links) {
    this.signIns = signIns;
    this.events = events;
    this.memberships = memberships;
    this.links = links;
  }

  /// This person has just said yes to this sign-in.
  public Admission admit(Handle handle, SignIn signIn, AccountId account) {
    return admit(handle, signIn, account, Optional.empty());
  }

  /// An organization's own bot says that this person sent it this code. The browser that waits is
  /// not let in: nobody was asked whether it is theirs. The person gets a link, good for that
  /// organization's pages only.
  public VouchOutcome vouch(
      Handle handle, OrganizationId organization, SignInCode code, AccountId account) {
    return switch (signIns.openAt(handle, organization, code, account)) {
      case OpenOutcome.Asks(var signIn) -> {
        var admission = admit(handle, signIn, account, Optional.of(organization));
        yield admission.link().isPresent()
            ? new VouchOutcome.Vouched(admission)
            : new VouchOutcome.Refused();
      }
      case OpenOutcome.Limited(var until) -> new VouchOutcome.Limited(until);
      case OpenOutcome.Taken _, OpenOutcome.Over _, OpenOutcome.Unknown _ ->
          new VouchOutcome.Refused();
    };
  }

  private Admission admit(
      Handle handle, SignIn signIn, AccountId account, Optional<OrganizationId> vouchedBy) {
    var event = signIn.eventId().map(EventId::new).flatMap(id -> events.find(handle, id));
    if (event.isEmpty()) {
      signIn
          .organizationId()
          .map(OrganizationId::new)
          .ifPresent(id -> memberships.join(handle, id, account));
    }
    var place = event.map(found -> events.register(handle, found.id(), account));
    var path =
        signIn.redirect().or(() -> event.map(found -> new LocalPath(found.path()))).orElse(HOME);
    var link = links.make(handle, signIn.id(), account, vouchedBy, path);
    return new Admission(event, place, link, path.value());
  }
}
