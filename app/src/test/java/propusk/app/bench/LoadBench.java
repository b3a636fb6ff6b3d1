package propusk.app.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import propusk.app.Wiring;
import propusk.app.launch.Owned;
import propusk.app.story.Await;
import propusk.app.story.MiniApp;
import propusk.app.story.Town;
import propusk.domain.session.TelegramSessionId;
import propusk.sandbox.person.SandboxPerson;

/// Many at once: a thousand codes in view, logins as fast as they go, saved sessions asked as fast
/// as they go. Sandbox, PostgreSQL and web are on the same two cores; the worker's figures are of
/// its process alone.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LoadBench {
  private static final int PENDING = Integer.getInteger("propusk.bench.pending", 1_000);
  private static final int LOGINS = Integer.getInteger("propusk.bench.logins", 400);
  private static final int AT_ONCE = 32;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private static Town town;

  /// Somebody whose page is there, not yet opened.
  private record Guest(SandboxPerson person, MiniApp page) {}

  @BeforeAll
  static void start() {
    town = Town.start();
    // A bot may write to 30 people a second: what is measured is not Telegram's limit.
    town.telegram().faults(Map.of("bot_api_limits", false));
  }

  @AfterAll
  static void end() {
    town.close();
  }

  @Test
  @Order(1)
  void logins() throws Exception {
    all(AT_ONCE, guests(Math.min(100, LOGINS)), LoadBench::logIn);
    var guests = guests(LOGINS);
    var toSuccess = Collections.synchronizedList(new ArrayList<Long>());
    var cpu = Usage.cpu(town.workerProcess());
    var from = System.nanoTime();
    all(AT_ONCE, guests, guest -> toSuccess.add(logIn(guest)));
    var seconds = seconds(from);
    var worker = Usage.cpu(town.workerProcess()).minus(cpu);
    Figures.say(
        "full logins, %d at once".formatted(AT_ONCE),
        "%.1f/s, %.1f ms of the worker's CPU each"
            .formatted(LOGINS / seconds, worker.toMillis() / (double) LOGINS));
    Figures.spread("scan -> success under that load", List.copyOf(toSuccess));
  }

  @Test
  @Order(2)
  void healthChecks() throws Exception {
    var sessions =
        town.jdbi()
            .withHandle(handle ->
                handle
                    .createQuery("SELECT id FROM telegram_session WHERE state = 'live'")
                    .mapTo(String.class)
                    .map(TelegramSessionId::new)
                    .list());
    try (var owned = new Owned()) {
      var vault = Wiring.worker(town.otherWorker(), owned).vault();
      for (int side : List.of(1, 4, 8)) {
        var part = sessions.subList(0, sessions.size() / (side == 1 ? 4 : 2));
        var from = System.nanoTime();
        all(side, part, session -> vault.use(session, client -> client.myId(PATIENCE)));
        Figures.say(
            "saved sessions asked, %d side by side".formatted(side),
            "%.1f/s".formatted(part.size() / seconds(from)));
      }
    }
  }

  @Test
  @Order(3)
  void aThousandCodesInView() throws Exception {
    var worker = town.workerProcess();
    var before = Usage.megabytes(worker);
    var guests = guests(PENDING);
    var from = System.nanoTime();
    all(AT_ONCE, guests, guest -> guest.page().open());
    awaitCount(PENDING, "SELECT count(*) FROM login WHERE phase = 'awaiting_scan'");
    Figures.say("%d codes in view after".formatted(PENDING), "%.1f s".formatted(seconds(from)));
    Figures.say("worker before (RSS)", before + " MB");
    Figures.say("worker at %d (RSS)".formatted(PENDING), Usage.megabytes(worker) + " MB");
    var cpu = Usage.cpu(worker);
    TimeUnit.MINUTES.sleep(1);
    Figures.say(
        "worker's CPU in an idle minute at %d".formatted(PENDING),
        "%.1f s".formatted(Usage.cpu(worker).minus(cpu).toMillis() / 1e3));
    town.jdbi()
        .useHandle(handle ->
            handle.execute("UPDATE login SET deadline = created_at WHERE ended_at IS NULL"));
    awaitCount(0, "SELECT count(*) FROM login WHERE ended_at IS NULL OR scratch_path IS NOT NULL");
    Figures.say("worker when they have ended (RSS)", Usage.megabytes(worker) + " MB");
    TimeUnit.SECONDS.sleep(30);
    Figures.say("worker half a minute later (RSS)", Usage.megabytes(worker) + " MB");
  }

  /// From the page's opening to success on it; the answer is from scan to success.
  private static long logIn(Guest guest) throws Exception {
    var opened = guest.page().open();
    if (opened.statusCode() != 200) throw new AssertionError(opened.body());
    var seen = new Seen();
    var reader =
        Thread.ofVirtual()
            .start(() -> {
              guest.page().events().forEach(seen::line);
              seen.over();
            });
    seen.code().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    var link = guest.page().link();
    var scanned = System.nanoTime();
    guest.person().scan(link);
    var done = seen.success().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    reader.join();
    return done - scanned;
  }

  private static List<Guest> guests(int count) throws Exception {
    var invites = new ArrayList<String>();
    for (int i = 0; i <= count / 50; i++) invites.add(town.invite("premium", 50));
    var numbers = IntStream.range(0, count).boxed().toList();
    var guests = Collections.synchronizedList(new ArrayList<Guest>());
    all(
        AT_ONCE,
        numbers,
        number -> {
          var person = town.person("Guest");
          return guests.add(new Guest(person, town.openPage(person, invites.get(number / 50))));
        });
    return List.copyOf(guests);
  }

  private interface Doing<T> {
    Object with(T each) throws Exception;
  }

  /// Does it for each, so many at once; the first failure is thrown.
  private static <T> void all(int atOnce, List<T> each, Doing<T> doing) throws Exception {
    try (var threads = Executors.newFixedThreadPool(atOnce, Thread.ofVirtual().factory())) {
      var tasks = each.stream().<Callable<Object>>map(one -> () -> doing.with(one)).toList();
      for (Future<Object> done : threads.invokeAll(tasks)) done.get();
    }
  }

  private static void awaitCount(long count, String sql) {
    Await.value(
        sql,
        PATIENCE,
        () ->
            town.jdbi().withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).one())
                    == count
                ? Optional.of(true)
                : Optional.empty());
  }

  private static double seconds(long from) {
    return (System.nanoTime() - from) / 1e9;
  }
}
