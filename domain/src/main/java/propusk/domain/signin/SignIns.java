package propusk.domain.signin;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import propusk.domain.account.AccountId;
import propusk.domain.account.Accounts;
import propusk.domain.limit.Limit;
import propusk.domain.limit.Limits;
import propusk.domain.organization.OrganizationId;
import propusk.domain.seal.Sealer;
import propusk.domain.seal.Tokens;
import propusk.domain.signin.BrowserProof.Challenge;
import propusk.domain.signin.SignInState.Approved;
import propusk.domain.signin.SignInState.Denied;
import propusk.domain.signin.SignInState.Ended;
import propusk.domain.signin.SignInState.Exchanged;
import propusk.domain.signin.SignInState.Mismatched;
import propusk.domain.signin.SignInState.Opened;
import propusk.domain.signin.SignInState.Waiting;

/// Browsers that want to enter: a browser begins, a person comes by its link and answers in the
/// bot, that browser exchanges the yes for its cookie, once. Questions about phone numbers begin at
/// [Approvals] and go on here. Stateless; every call runs in the caller's transaction.
public final class SignIns {
  private static final int BATCH = 100;

  private final SignInStore store = new SignInStore();
  private final Accounts accounts = new Accounts();
  private final SignInDoor door;
  private final Limits limits;
  private final InstantSource clock;
  private final Tokens tokens;
  private final byte[] startKey;
  private final byte[] codeKey;

  /// What sign-ins stand on.
  ///
  /// @param sealer the one of SECRET_KEY
  public record Parts(
      Sealer sealer, InstantSource clock, Tokens tokens, Limits limits, SignInCounts counts) {}

  public SignIns(Parts parts) {
    door = new SignInDoor(store, parts.clock(), parts.counts());
    limits = parts.limits();
    clock = parts.clock();
    tokens = parts.tokens();
    startKey = parts.sealer().macKey("sign_in_start");
    codeKey = parts.sealer().macKey("sign_in_code");
  }

  /// A browser wants to enter by link or QR code.
  public BeginOutcome begin(Handle handle, SignInRequest request) {
    return begin(handle, SignInKind.SITE, request, Optional.empty(), Optional.empty());
  }

  /// The same on a page of another site, which belongs to this organization.
  public BeginOutcome beginFor(Handle handle, OrganizationId organization, SignInRequest request) {
    return begin(
        handle, SignInKind.SITE, request, Optional.of(organization.value()), Optional.empty());
  }

  /// A browser wants to enter by link, QR code or typed code, for an organization or one event of
  /// it where that is said.
  public BeginOutcome beginForEvent(
      Handle handle, SignInRequest request, Optional<Long> organizationId, Optional<Long> eventId) {
    return begin(handle, SignInKind.EVENT, request, organizationId, eventId);
  }

  /// What its link into the bot ends with; there is none for a question about a phone number.
  public StartParameter start(SignIn signIn) {
    if (signIn.kind() == SignInKind.APPROVAL) {
      throw new IllegalArgumentException("a question about a phone number has no link");
    }
    return StartParameter.of(startKey, signIn.kind(), signIn.id());
  }

  /// What is typed to the bot instead of its link; only an event's sign-in has one.
  public SignInCode code(SignIn signIn) {
    if (signIn.kind() != SignInKind.EVENT) {
      throw new IllegalArgumentException("only an event's sign-in has a code");
    }
    return SignInCode.of(codeKey, signIn.id());
  }

  /// This person came to the bot by its link. Approves nothing, however often they come.
  public OpenOutcome open(Handle handle, StartParameter start, AccountId by) {
    return open(handle, store.lockByStart(handle, start.hash()), by);
  }

  /// This person typed a code to the bot: a guess.
  public OpenOutcome open(Handle handle, SignInCode code, AccountId by) {
    return open(handle, code, by, _ -> true);
  }

  /// The same where they sent it to an organization's own bot: there codes of others are none.
  public OpenOutcome openAt(
      Handle handle, OrganizationId organization, SignInCode code, AccountId by) {
    return open(
        handle,
        code,
        by,
        signIn -> signIn.organizationId().filter(own -> own == organization.value()).isPresent());
  }

  private OpenOutcome open(Handle handle, SignInCode code, AccountId by, Predicate<SignIn> counts) {
    var closed =
        Stream.of(
                limits.take(handle, Limit.SIGN_IN_CODE_PER_PERSON, Long.toString(by.value())),
                limits.take(handle, Limit.SIGN_IN_CODE_GLOBAL, Limits.EVERYBODY))
            .flatMap(Optional::stream)
            .max(Instant::compareTo);
    return closed.isPresent()
        ? new OpenOutcome.Limited(closed.get())
        : open(handle, store.lockByCode(handle, code.hash(codeKey)).filter(counts), by);
  }

  /// This person picked a number, as their one answer.
  public Decision pick(Handle handle, SignInId id, AccountId by, int number) {
    return decide(
        handle,
        store.lock(handle, id),
        by,
        signIn ->
            signIn.number() == number
                ? new SignInEvent.Confirmed(by)
                : new SignInEvent.WrongNumber(by));
  }

  /// This person says that it is not them.
  public Decision deny(Handle handle, SignInId id, AccountId by) {
    return decide(handle, store.lock(handle, id), by, _ -> new SignInEvent.Refused(by));
  }

  /// An organization's own bot says that this person came by the link and wants to enter. What
  /// comes of it is good for that organization's pages only.
  ///
  /// @param number the one that the person picked or typed there, as their one answer; empty where
  ///   that bot does not ask for it
  public Decision vouch(
      Handle handle,
      OrganizationId organization,
      StartParameter start,
      AccountId by,
      Optional<Integer> number) {
    var locked = store.lockByStart(handle, start.hash()).filter(it -> mayVouch(organization, it));
    if (locked.isEmpty()) {
      return new Decision.NotAsked();
    }
    var opened = door.apply(handle, locked.get(), new SignInEvent.Opened(by));
    return vouch(handle, organization, opened, by, number);
  }

  /// The same for one that this person has come by just now.
  ///
  /// @param opened locked by this transaction
  public Decision vouch(
      Handle handle,
      OrganizationId organization,
      SignIn opened,
      AccountId by,
      Optional<Integer> number) {
    return decide(
        handle,
        Optional.of(opened.vouchedBy(organization)),
        by,
        signIn ->
            number.filter(picked -> picked != signIn.number()).isPresent()
                ? new SignInEvent.WrongNumber(by)
                : new SignInEvent.Confirmed(by));
  }

  /// The sign-in as its own browser may see it. Changes nothing.
  public Optional<SignIn> inspect(Handle handle, SignInId id, BrowserProof proof) {
    var asked = new Asked(id, proof);
    return Optional.ofNullable(inspect(handle, List.of(asked)).get(asked));
  }

  /// The same for many at once; what may not be seen is left out.
  public Map<Asked, SignIn> inspect(Handle handle, Collection<Asked> asked) {
    var rows = store.find(handle, asked.stream().map(Asked::id).toList());
    var seen = new HashMap<Asked, SignIn>();
    for (var each : asked) {
      // Everybody may know a challenge.
      var proof = each.proof();
      Optional.ofNullable(rows.get(each.id()))
          .filter(row -> !(proof instanceof Challenge) && row.isOf(proof))
          .ifPresent(row -> seen.put(each, row.signIn()));
    }
    return seen;
  }

  /// The sign-in, for whoever tells the person about it.
  public Optional<SignIn> find(Handle handle, SignInId id) {
    return store.find(handle, id);
  }

  /// Lets the browser that began it in, once, if the person said yes in time.
  public ExchangeOutcome exchange(Handle handle, SignInId id, BrowserProof proof) {
    var seen = inspect(handle, id, proof);
    var who = seen.flatMap(it -> it.state().account());
    who.ifPresent(account -> accounts.hold(handle, account));
    var locked = seen.flatMap(_ -> store.lock(handle, id));
    if (locked.isEmpty()) {
      return new ExchangeOutcome.Unknown();
    }
    if (!locked.get().state().account().equals(who)) {
      // Somebody came by its link just now: their account is not held.
      return new ExchangeOutcome.NotApproved(locked.get());
    }
    var signIn = door.apply(handle, locked.get(), new SignInEvent.Exchanged());
    return locked.get().state() instanceof Approved
            && signIn.state() instanceof Exchanged(var account)
        ? new ExchangeOutcome.Entered(signIn, account)
        : new ExchangeOutcome.NotApproved(signIn);
  }

  /// Ends what is past its deadline. Run every few seconds by any process.
  public int endOverdue(Handle handle) {
    var overdue = store.lockOverdue(handle, clock.instant(), BATCH);
    overdue.forEach(it -> door.apply(handle, it, new SignInEvent.DeadlinePassed()));
    return overdue.size();
  }

  /// Deletes ended sign-ins that began before this moment.
  public int forget(Handle handle, Instant before) {
    return store.forget(handle, before);
  }

  private BeginOutcome begin(
      Handle handle,
      SignInKind kind,
      SignInRequest request,
      Optional<Long> organizationId,
      Optional<Long> eventId) {
    var closed = limits.take(handle, Limit.SIGN_IN_PER_ADDRESS, request.address());
    if (closed.isPresent()) {
      return new BeginOutcome.Limited(closed.get());
    }
    var now = clock.instant();
    SignIn signIn;
    do {
      var match = NumberMatch.random(tokens);
      signIn =
          new SignIn(
              SignInId.random(tokens),
              kind,
              new Waiting(Optional.empty()),
              1,
              match.number(),
              match.choices(),
              request.browser(),
              organizationId,
              eventId,
              request.redirect(),
              request.remember(),
              request.proof().site(),
              Optional.empty(),
              now,
              now.plus(kind.life()));
    } while (!door.begin(handle, signIn, keys(signIn, request)));
    return new BeginOutcome.Begun(signIn);
  }

  private SignInStore.Keys keys(SignIn signIn, SignInRequest request) {
    return new SignInStore.Keys(
        request.proof().hash(),
        start(signIn).hash(),
        signIn.kind() == SignInKind.EVENT ? code(signIn).hash(codeKey) : null,
        null);
  }

  private OpenOutcome open(Handle handle, Optional<SignIn> locked, AccountId by) {
    if (locked.isEmpty()) {
      return new OpenOutcome.Unknown();
    }
    var signIn = door.apply(handle, locked.get(), new SignInEvent.Opened(by));
    return switch (signIn.state()) {
      case Opened(var who) when who.equals(by) -> new OpenOutcome.Asks(signIn);
      case Opened _ -> new OpenOutcome.Taken();
      case Approved _, Ended _ ->
          signIn.state().account().filter(who -> !who.equals(by)).isPresent()
              ? new OpenOutcome.Taken()
              : new OpenOutcome.Over(signIn);
      case Waiting _ -> throw new AssertionError("it was opened");
    };
  }

  /// One that belongs to an organization is no other's.
  private static boolean mayVouch(OrganizationId organization, SignIn signIn) {
    return signIn.organizationId().filter(own -> own != organization.value()).isEmpty();
  }

  private Decision decide(
      Handle handle, Optional<SignIn> locked, AccountId by, Function<SignIn, SignInEvent> answer) {
    // Who was not asked learns nothing of it, and not even that it is there.
    if (locked.flatMap(it -> it.state().account()).filter(by::equals).isEmpty()) {
      return new Decision.NotAsked();
    }
    var before = locked.get();
    var signIn = door.apply(handle, before, answer.apply(before));
    if (signIn.version() == before.version()) {
      return new Decision.Over(signIn);
    }
    return switch (signIn.state()) {
      case Approved _ -> new Decision.Approved(signIn);
      case Denied _ -> new Decision.Denied(signIn);
      case Mismatched _ -> new Decision.Mismatched(signIn);
      case Waiting _, Opened _, Ended _ -> new Decision.Over(signIn);
    };
  }
}
