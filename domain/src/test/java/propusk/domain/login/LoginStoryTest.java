package propusk.domain.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import propusk.domain.DomainWorld;
import propusk.domain.account.Account;
import propusk.domain.account.TelegramProfile;
import propusk.domain.account.TelegramUserId;
import propusk.domain.invite.InviteCode;
import propusk.domain.login.LoginState.AwaitingScan;
import propusk.domain.login.LoginState.Cancelled;
import propusk.domain.login.LoginState.CancelledBy;
import propusk.domain.login.LoginState.Completed;
import propusk.domain.login.LoginState.Expired;
import propusk.domain.login.LoginState.Failed;
import propusk.domain.login.LoginState.Finalizing;
import propusk.domain.login.LoginState.Preparing;
import propusk.domain.outbox.OpenMessage;
import propusk.domain.outbox.OpenMessage.Content;
import propusk.domain.outbox.OutboxQueue;
import propusk.domain.outbox.Priority;
import propusk.domain.seal.Hashes;
import propusk.domain.seal.Secret;
import propusk.domain.session.SealedSession;
import propusk.domain.session.TelegramSessionId;
import propusk.domain.worker.WorkerId;
import propusk.domain.worker.WorkerProcess;

class LoginStoryTest {
  private static final String HOST = "host-a";
  private static final Secret LINK = new Secret("tg://login?token=AAAA");
  private static final SealedSession SEALED = new SealedSession(new byte[] {1}, new byte[] {2});

  private final DomainWorld world = new DomainWorld();
  private final Account ilya = world.person(139_883_458, "Илья");

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void anInviteBecomesASubscriptionAndASession() {
    var code = world.premiumInvite(1);
    var login = granted(ilya, code).login();
    assertEquals("premium", login.plan().orElseThrow().code());
    var opened = open(login, ilya, "data", "tab");
    assertInstanceOf(Preparing.class, opened.snapshot().login().state());

    var claim = claim(worker(HOST));
    link(claim);
    var seen =
        world.in(handle -> world.logins.view(handle, login.id(), opened.bearer())).orElseThrow();
    assertEquals(Optional.of(LINK), seen.link());
    authorize(claim);
    assertEquals(
        0,
        world.count("SELECT count(*) FROM login_secret"),
        "the link is gone once it was scanned");
    var done = complete(claim, ilya);

    assertInstanceOf(Completed.class, done.state());
    var row =
        world.in(handle ->
            handle
                .createQuery(
                    "SELECT telegram_id, first_name, is_authenticated, subscription_type FROM users"
                        + " WHERE telegram_id = 139883458")
                .mapToMap()
                .one());
    assertEquals(
        Map.of(
            "telegram_id",
            139_883_458L,
            "first_name",
            "Илья",
            "is_authenticated",
            true,
            "subscription_type",
            "premium"),
        row);
    var invite = world.in(handle -> world.invites.find(handle, code)).orElseThrow();
    assertEquals(1, invite.used());
    assertEquals(0, invite.reserved());
    assertEquals(1, world.count("SELECT count(*) FROM outbox WHERE kind = 'login_ended'"));
  }

  @Test
  void aSecondLoginEndsTheFirstAndTakesOverTheInvitesLastUse() {
    var code = world.premiumInvite(1);
    var first = granted(ilya, code).login();
    var second = granted(ilya, code);
    assertTrue(second.earlierEnded());
    assertEquals(new Cancelled(CancelledBy.NEWER_LOGIN), state(first));
    var invite = world.in(handle -> world.invites.find(handle, code)).orElseThrow();
    assertEquals(1, invite.reserved());
    assertEquals(
        0,
        world.count("SELECT count(*) FROM outbox WHERE kind = 'login_ended'"),
        "the new answer says it");
  }

  @Test
  void aBadSecondCodeLeavesTheFirstLoginAlone() {
    var first = granted(ilya, world.premiumInvite(1)).login();
    var unknown = InviteCode.parse("AAAAAAAAAAAA").orElseThrow();
    assertInstanceOf(RequestOutcome.UnknownInvite.class, request(ilya, unknown, false));
    assertTrue(world.in(handle -> world.logins.find(handle, first.id())).orElseThrow().live());
  }

  @Test
  void aPageNobodyOpenedExpiresAndGivesTheInviteBack() {
    var code = world.premiumInvite(1);
    var login = granted(ilya, code).login();
    world.clock.advance(Duration.ofMinutes(4));
    assertEquals(0, sweep());
    world.clock.advance(Duration.ofSeconds(61));
    assertEquals(1, sweep());
    assertEquals(new Expired(), state(login));
    assertEquals(0, world.in(handle -> world.invites.find(handle, code)).orElseThrow().reserved());
    assertEquals(1, world.count("SELECT count(*) FROM outbox WHERE kind = 'login_ended'"));
  }

  @Test
  void aScanInTheLastSecondIsNotUndoneByTheDeadline() {
    var login = granted(ilya, world.premiumInvite(1)).login();
    open(login, ilya, "data", "tab");
    var claim = claim(worker(HOST));
    link(claim);
    authorize(claim);
    world.clock.advance(Duration.ofMinutes(10));
    assertEquals(0, sweep());
    assertInstanceOf(Completed.class, complete(claim, ilya).state());
  }

  @Test
  void onlyItsOwnerOpensAPage() {
    var anna = world.person(2, "Анна");
    var login = granted(ilya, world.premiumInvite(1)).login();
    assertInstanceOf(OpenOutcome.NotYours.class, tryOpen(login, anna, "data", "tab"));
    assertEquals(new LoginState.Requested(), state(login));
  }

  @Test
  void theSameInitDataCountInTheirOwnTabOnly() {
    var login = granted(ilya, world.premiumInvite(1)).login();
    var first = open(login, ilya, "data", "tab-1");
    var reloaded = open(login, ilya, "data", "tab-1");
    assertInstanceOf(OpenOutcome.Replayed.class, tryOpen(login, ilya, "data", "tab-2"));
    open(login, ilya, "other data", "tab-2");
    for (var bearer : new Secret[] {first.bearer(), reloaded.bearer()}) {
      assertTrue(world.in(handle -> world.logins.view(handle, login.id(), bearer)).isPresent());
    }
  }

  @Test
  void aBearerOpensItsOwnLoginOnlyAndNotForEver() {
    var login = granted(ilya, world.premiumInvite(1)).login();
    var other = granted(world.person(2, "Анна"), world.premiumInvite(1)).login();
    var bearer = open(login, ilya, "data", "tab").bearer();
    assertFalse(world.in(handle -> world.logins.view(handle, other.id(), bearer)).isPresent());
    assertFalse(world.in(handle -> world.logins.cancel(handle, other.id(), bearer)).isPresent());
    world.clock.advance(Logins.BEARER_LIFE);
    assertFalse(world.in(handle -> world.logins.view(handle, login.id(), bearer)).isPresent());
  }

  @Test
  void itsOwnerStopsALogin() {
    var login = granted(ilya, world.premiumInvite(1)).login();
    var bearer = open(login, ilya, "data", "tab").bearer();
    var stopped = world.in(handle -> world.logins.cancel(handle, login.id(), bearer)).orElseThrow();
    assertEquals(new Cancelled(CancelledBy.PERSON), stopped.login().state());
  }

  @Test
  void aStaleWorkersWritesChangeNothing() {
    var login = granted(ilya, world.premiumInvite(1)).login();
    open(login, ilya, "data", "tab");
    var stale = claim(worker(HOST));
    link(stale);
    authorize(stale);
    world.clock.advance(Duration.ofSeconds(61));
    var fresh = claim(worker(HOST));
    assertEquals(stale.epoch() + 1, fresh.epoch());

    assertTrue(world.in(handle -> completeUnder(handle, stale, ilya)).isEmpty());
    assertTrue(
        world
            .in(handle -> world.runs.apply(handle, stale, new LoginEvent.StartedOver()))
            .isEmpty());
    assertFalse(world.<Boolean>in(handle -> world.runs.scratchGone(handle, stale)));
    assertEquals(new Finalizing(), state(login));
    assertInstanceOf(Completed.class, complete(fresh, ilya).state());
    assertEquals(1, world.count("SELECT count(*) FROM telegram_session"));
  }

  @Test
  void whatLiesOnOneHostIsNotClaimedByAnotherAndFailsWhenTheHostIsGone() {
    var login = granted(ilya, world.premiumInvite(1)).login();
    open(login, ilya, "data", "tab");
    var claim = claim(worker(HOST));
    world.in(handle ->
        world.runs.startScratch(handle, claim, new Scratch(HOST, "/scratch/1", new byte[] {1})));
    link(claim);
    world.clock.advance(Duration.ofSeconds(61));
    var elsewhere = worker("host-b");
    assertTrue(world.in(handle -> world.runs.claim(handle, elsewhere, "host-b", 9)).isEmpty());
    assertInstanceOf(AwaitingScan.class, state(login));
    assertEquals(0, sweep());
    world.clock.advance(Duration.ofSeconds(60));
    sweep();
    assertEquals(new Failed(Failure.HOST_LOST, Optional.empty()), state(login));
    // The host is back: what it left is claimed, to be cleaned up.
    var back = claim(worker(HOST));
    assertEquals("/scratch/1", back.scratch().orElseThrow().path());
    assertFalse(back.login().live());
    assertTrue(world.<Boolean>in(handle -> world.runs.scratchGone(handle, back)));
  }

  @Test
  void anInviteWithdrawnWhileItWasScannedEndsTheLoginWithoutASession() {
    var login = granted(ilya, world.premiumInvite(1)).login();
    open(login, ilya, "data", "tab");
    var claim = claim(worker(HOST));
    link(claim);
    authorize(claim);
    world.in(handle -> handle.execute("UPDATE invite SET revoked_at = now()"));
    assertEquals(new Failed(Failure.INVITE_LOST, Optional.empty()), complete(claim, ilya).state());
    assertEquals(0, world.count("SELECT count(*) FROM telegram_session"));
    assertEquals(0, world.count("SELECT reserved + used FROM invite"));
  }

  @Test
  void whoHasAPlanIsAskedBeforeAnotherReplacesItAndThenLogsInAgainWithoutAnInvite() {
    finish(granted(ilya, world.premiumInvite(1)).login());
    var basic = world.in(handle -> world.invites.create(handle, "basic", 1, Optional.empty()));
    assertInstanceOf(RequestOutcome.ConfirmPlan.class, request(ilya, basic, false));
    assertEquals(0, world.in(handle -> world.invites.find(handle, basic)).orElseThrow().reserved());
    finish(assertInstanceOf(RequestOutcome.Granted.class, request(ilya, basic, true)).login());
    assertEquals(1, world.count("SELECT count(*) FROM telegram_session WHERE state = 'live'"));
    assertEquals(
        1, world.count("SELECT count(*) FROM telegram_session WHERE state = 'log_out_pending'"));

    var again =
        world.in(handle ->
            world.logins.request(
                handle, new LoginRequest(ilya, Optional.empty(), false, DomainWorld.BOT, 1)));
    var login = assertInstanceOf(RequestOutcome.Granted.class, again).login();
    assertEquals(new Purpose.ReLogin(), login.purpose());
    assertEquals("basic", login.plan().orElseThrow().code());
  }

  @Test
  void aStrangerWithoutAnInviteIsToldToGetOne() {
    var outcome =
        world.in(handle ->
            world.logins.request(
                handle, new LoginRequest(ilya, Optional.empty(), false, DomainWorld.BOT, 1)));
    assertEquals(new RequestOutcome.NeedsInvite(), outcome);
  }

  @Test
  void aFloodReleasesTheInviteAndTheChatHearsWhenItIsOver() {
    var login = granted(ilya, world.premiumInvite(1)).login();
    open(login, ilya, "launch", "tab");
    var claim = claim(worker("host"));
    var until = world.clock.instant().plus(Duration.ofMinutes(10));
    world.in(handle ->
        world.runs.apply(
            handle, claim, new LoginEvent.Refused(Failure.FLOOD_WAIT, Optional.of(until))));
    assertEquals(0, world.count("SELECT reserved FROM invite"));
    var queue = new OutboxQueue(world.sealer, world.clock);
    assertEquals(List.of(new Content.LoginEnded(login.id().value())), due(queue));
    world.clock.advance(Duration.ofMinutes(10));
    world.in(handle -> handle.execute("DELETE FROM outbox WHERE kind = 'login_ended'"));
    assertEquals(List.of(new Content.LoginMayGoOn(login.id().value())), due(queue));
    assertFalse(world.<Boolean>in(handle -> world.logins.askedAgain(handle, login)));
    world.clock.advance(Duration.ofSeconds(1));
    granted(ilya, world.premiumInvite(1));
    assertTrue(
        world.<Boolean>in(handle -> world.logins.askedAgain(handle, login)),
        "who has gone on by themselves is not told");
  }

  private List<Content> due(OutboxQueue queue) {
    return world
        .in(handle -> queue.due(handle, DomainWorld.BOT, List.of(), Priority.BULK, 10))
        .stream()
        .map(OpenMessage::content)
        .toList();
  }

  private void finish(Login login) {
    open(login, ilya, "data of " + login.id().value(), "tab");
    var claim = claim(worker(HOST));
    link(claim);
    authorize(claim);
    assertInstanceOf(Completed.class, complete(claim, ilya).state());
  }

  private RequestOutcome.Granted granted(Account account, InviteCode code) {
    return assertInstanceOf(RequestOutcome.Granted.class, request(account, code, false));
  }

  private RequestOutcome request(Account account, InviteCode code, boolean replacePlan) {
    var request =
        new LoginRequest(
            account, Optional.of(code), replacePlan, DomainWorld.BOT, account.telegramId().value());
    return world.in(handle -> world.logins.request(handle, request));
  }

  private OpenOutcome.Opened open(Login login, Account opener, String initData, String tab) {
    return assertInstanceOf(OpenOutcome.Opened.class, tryOpen(login, opener, initData, tab));
  }

  private OpenOutcome tryOpen(Login login, Account opener, String initData, String tab) {
    return world.in(handle ->
        world.logins.open(
            handle, login.id(), opener.telegramId(), Hashes.sha256(initData), new Secret(tab)));
  }

  private WorkerId worker(String host) {
    return world.in(handle -> world.workers.register(handle, new WorkerProcess(host, 1, 1)));
  }

  private Claim claim(WorkerId worker) {
    var claims = world.in(handle -> world.runs.claim(handle, worker, HOST, 9));
    assertEquals(1, claims.size());
    return claims.getFirst();
  }

  private void link(Claim claim) {
    var expiresAt = world.clock.instant().plusSeconds(30);
    assertTrue(world.in(handle -> world.runs.linked(handle, claim, LINK, expiresAt)).isPresent());
  }

  private void authorize(Claim claim) {
    var event = new LoginEvent.Authorized();
    assertTrue(world.in(handle -> world.runs.apply(handle, claim, event)).isPresent());
  }

  private Login complete(Claim claim, Account account) {
    return world.in(handle -> completeUnder(handle, claim, account)).orElseThrow();
  }

  private Optional<Login> completeUnder(Handle handle, Claim claim, Account account) {
    var profile =
        new TelegramProfile(
            new TelegramUserId(account.telegramId().value()),
            account.firstName(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return world.runs.complete(
        handle, claim, TelegramSessionId.random(world.tokens), SEALED, profile, Optional.empty());
  }

  private LoginState state(Login login) {
    return world.in(handle -> world.logins.status(handle, login.id())).orElseThrow();
  }

  private int sweep() {
    return world.in(world.logins::endOverdue);
  }
}
