package propusk.domain.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import propusk.domain.DomainWorld;
import propusk.domain.account.Account;
import propusk.domain.login.LoginSnapshot.Queue;
import propusk.domain.login.LoginState.Failed;
import propusk.domain.seal.Hashes;
import propusk.domain.seal.Secret;
import propusk.domain.time.Sweeper;
import propusk.domain.worker.WorkerId;
import propusk.domain.worker.WorkerProcess;

/// Who gets a place when there are more people than places.
class LoginPlacesTest {
  private static final String HOST = "host-a";
  private final DomainWorld world = new DomainWorld();
  private int people;

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void whoFindsEveryPlaceTakenIsToldHowManyAreAheadAndHowLongAtMost() {
    var worker = worker(1);
    open(requested());
    claim(worker, 1);
    var second = open(requested());
    world.clock.advance(Duration.ofSeconds(1));
    var third = open(requested());
    world.clock.advance(Duration.ofSeconds(29));
    assertEquals(Optional.of(new Queue(0, Duration.ofSeconds(270))), queue(second));
    assertEquals(Optional.of(new Queue(1, Duration.ofSeconds(570))), queue(third));
  }

  @Test
  void whereAPlaceIsFreeNobodyQueues() {
    worker(2);
    assertEquals(Optional.empty(), queue(open(requested())));
    var second = open(requested());
    assertEquals(Optional.empty(), queue(second));
    assertTrue(queue(open(requested())).isEmpty(), "nobody holds a place yet");
  }

  @Test
  void whereNoWorkerLivesNobodyCanSayHowLong() {
    assertEquals(Optional.empty(), queue(open(requested())));
  }

  @Test
  void whileItWaitsThePagesTimeStandsStill() {
    var worker = worker(1);
    var login = requested();
    world.clock.advance(Duration.ofMinutes(1));
    open(login);
    world.clock.advance(Duration.ofMinutes(6));
    assertEquals(0, sweep());
    renew(worker);
    var version = find(login).version();
    var claimed = claim(worker, 1).getFirst().login();
    assertEquals(world.clock.instant().plus(Duration.ofMinutes(4)), claimed.deadline());
    assertEquals(Optional.empty(), claimed.waitingSince());
    assertEquals(version + 1, claimed.version(), "the page is told that its wait is over");
    world.clock.advance(Duration.ofMinutes(4));
    assertEquals(1, sweep());
    assertEquals(new Failed(Failure.TELEGRAM_SILENT, Optional.empty()), find(login).state());
  }

  @Test
  void afterTenMinutesWithoutAPlaceTheLoginEndsAndTheInviteIsFree() {
    worker(1);
    var login = open(requested()).login();
    world.clock.advance(Logins.PLACE_LIFE.minusSeconds(1));
    assertEquals(0, sweep());
    world.clock.advance(Duration.ofSeconds(1));
    assertEquals(1, sweep());
    assertEquals(new Failed(Failure.BUSY, Optional.empty()), find(login).state());
    assertEquals(0, world.count("SELECT sum(reserved) FROM invite"));
  }

  @Test
  void whereNoWorkerLivesAnyProcessEndsWhatIsOverdue() {
    var login = requested();
    world.clock.advance(Logins.PAGE_LIFE);
    try (var sweeper =
        new Sweeper(world.jdbi, "overdue-logins", Duration.ofMillis(5), world.logins::endOverdue)) {
      sweeper.start();
      var deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      while (find(login).live()) {
        assertTrue(System.nanoTime() - deadline < 0, "nobody ended it");
      }
    }
    assertEquals(new LoginState.Expired(), find(login).state());
  }

  @Test
  void whoOpenedEarlierGetsAPlaceEarlierWhoeverAskedFirst() {
    var worker = worker(1);
    var askedFirst = requested();
    world.clock.advance(Duration.ofSeconds(1));
    var openedFirst = open(requested()).login();
    world.clock.advance(Duration.ofSeconds(1));
    open(askedFirst);
    assertEquals(
        List.of(openedFirst.id()),
        claim(worker, 1).stream().map(claim -> claim.login().id()).toList());
  }

  @Test
  void thoseWhoWaitAreToldAnewWhileTheyWait() {
    worker(1);
    var login = open(requested()).login();
    world.clock.advance(Duration.ofSeconds(2));
    world.in(handle -> {
      world.runs.tellQueue(handle);
      return true;
    });
    assertEquals(login.version() + 1, find(login).version());
  }

  private Login requested() {
    Account account = world.person(1_000 + people++, "Илья");
    var request =
        new LoginRequest(
            account,
            Optional.of(world.premiumInvite(1)),
            false,
            DomainWorld.BOT,
            account.telegramId().value());
    var outcome = world.in(handle -> world.logins.request(handle, request));
    return assertInstanceOf(RequestOutcome.Granted.class, outcome).login();
  }

  private record Page(Login login, Secret bearer) {}

  private Page open(Login login) {
    var owner = login.account().orElseThrow().telegramId();
    var data = Hashes.sha256(login.id().value());
    var opened =
        world.in(handle -> world.logins.open(handle, login.id(), owner, data, new Secret("tab")));
    var page = assertInstanceOf(OpenOutcome.Opened.class, opened);
    return new Page(page.snapshot().login(), page.bearer());
  }

  private Optional<Queue> queue(Page page) {
    return world
        .in(handle -> world.logins.view(handle, page.login().id(), page.bearer()))
        .orElseThrow()
        .queue();
  }

  private WorkerId worker(int capacity) {
    return world.in(
        handle -> world.workers.register(handle, new WorkerProcess(HOST, 1, 1), capacity));
  }

  /// A minute or more has passed: as if it had renewed its lease all the time.
  private void renew(WorkerId worker) {
    var until = world.clock.instant().plusSeconds(60).atOffset(ZoneOffset.UTC);
    world.in(handle ->
        handle.execute("UPDATE worker SET lease_until = ? WHERE id = ?", until, worker.value()));
  }

  private List<Claim> claim(WorkerId worker, int max) {
    return world.in(handle -> world.runs.claim(handle, worker, HOST, max));
  }

  private Login find(Login login) {
    return world.in(handle -> world.logins.find(handle, login.id())).orElseThrow();
  }

  private int sweep() {
    return world.in(world.logins::endOverdue);
  }
}
