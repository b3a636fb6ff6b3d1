package propusk.domain.event;

import java.util.Optional;
import org.jdbi.v3.core.Handle;
import propusk.domain.account.AccountId;
import propusk.domain.magic.MagicLinks;
import propusk.domain.organization.Memberships;
import propusk.domain.organization.OrganizationId;
import propusk.domain.signin.Decision;
import propusk.domain.signin.LocalPath;
import propusk.domain.signin.OpenOutcome;
import propusk.domain.signin.SignIn;
import propusk.domain.signin.SignInCode;
import propusk.domain.signin.SignInKind;
import propusk.domain.signin.SignIns;
import propusk.domain.signin.StartParameter;

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

  /// An organization's own bot says that this person came by a link, and wants to enter. The
  /// browser that waits is let in; what comes of it is good for that organization's pages only.
  ///
  /// @param number the one that they picked or typed there, as their one answer; empty where that
  ///   bot does not ask for it
  public VouchOutcome vouch(
      Handle handle,
      OrganizationId organization,
      StartParameter start,
      AccountId account,
      Optional<Integer> number) {
    var decision = signIns.vouch(handle, organization, start, account, number);
    return vouched(handle, organization, account, decision);
  }

  /// The same of a person who sent it a code. Without a number the browser that waits is not let
  /// in: a code is easily had from somebody else, and nobody was asked whether it is theirs. The
  /// person's link lets them in.
  public VouchOutcome vouch(
      Handle handle,
      OrganizationId organization,
      SignInCode code,
      AccountId account,
      Optional<Integer> number) {
    return switch (signIns.openAt(handle, organization, code, account)) {
      case OpenOutcome.Asks(var signIn) ->
          number.isPresent()
              ? vouched(
                  handle,
                  organization,
                  account,
                  signIns.vouch(handle, organization, signIn, account, number))
              : admitted(handle, organization, account, signIn);
      case OpenOutcome.Limited(var until) -> new VouchOutcome.Limited(until);
      case OpenOutcome.Over _ -> new VouchOutcome.Over();
      case OpenOutcome.Taken _, OpenOutcome.Unknown _ -> new VouchOutcome.Unknown();
    };
  }

  private VouchOutcome vouched(
      Handle handle, OrganizationId organization, AccountId account, Decision decision) {
    return switch (decision) {
      case Decision.Approved(var signIn) -> admitted(handle, organization, account, signIn);
      case Decision.Mismatched _ -> new VouchOutcome.Mismatched();
      case Decision.Over _ -> new VouchOutcome.Over();
      case Decision.Denied _, Decision.NotAsked _ -> new VouchOutcome.Unknown();
    };
  }

  private VouchOutcome admitted(
      Handle handle, OrganizationId organization, AccountId account, SignIn signIn) {
    if (signIn.kind() != SignInKind.EVENT) {
      return new VouchOutcome.Vouched(Optional.empty());
    }
    var admission = admit(handle, signIn, account, Optional.of(organization));
    return admission.link().isPresent()
        ? new VouchOutcome.Vouched(Optional.of(admission))
        : new VouchOutcome.Over();
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
