package propusk.app.soak;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;
import propusk.app.config.Config;
import propusk.app.config.Role;
import propusk.app.launch.Databases;
import propusk.app.launch.Owned;
import propusk.app.story.Await;
import propusk.app.story.TownSettings;
import propusk.sandbox.person.SandboxClient;
import tools.jackson.databind.JsonNode;

/// A flood of updates brought to two web processes behind one address, of which now and then one is
/// killed. Telegram brings a tenth of them twice and the chats in any order, and lets bots write as
/// fast as they like.
final class FloodRun implements AutoCloseable {
  private static final List<String> WORDS = List.of("/help", "/privacy", "/nonsense", "/start");
  private static final int SPEAKERS = 16;

  private final Owned owned = new Owned();
  private final SandboxClient telegram;
  private final FloodLedger ledger;
  private final List<RoleProcess> webs = new ArrayList<>();
  private final Plan plan;
  private final Consumer<String> progress;
  private final Map<Long, Integer> said = new ConcurrentHashMap<>();

  /// @param updates in all
  /// @param chats of as many people
  /// @param firstKillAt once so many updates have ended
  /// @param killEvery between two kills; one web process at a time
  record Plan(int updates, int chats, long seed, int firstKillAt, Duration killEvery) {}

  /// @param seconds from the first message to the end of the last update
  record Outcome(
      Plan plan,
      int kills,
      double seconds,
      long sent,
      long accepted,
      long repeated,
      long failed,
      long messages,
      long messagesSent,
      List<Violation> violations) {}

  /// @param databaseUrl of a migrated database without a row
  FloodRun(String databaseUrl, Path directory, Plan plan, Consumer<String> progress)
      throws Exception {
    this.plan = plan;
    this.progress = progress;
    var baseUrl = URI.create("http://127.0.0.1:" + TownSettings.freePort());
    var sandbox = owned.add(TownSettings.sandbox(directory.resolve("world"), baseUrl));
    telegram = owned.add(new SandboxClient(sandbox.url()));
    telegram.faults(
        Map.of("bot_api_limits", false, "webhook_duplicate_percent", 10, "webhook_shuffle", true));
    var settings =
        TownSettings.of(
            databaseUrl, Files.createDirectories(directory.resolve("state")), baseUrl, sandbox);
    settings.put("PROPUSK_UPDATES", "webhook");
    settings.put("PROPUSK_WEBHOOK_SECRET", "the-secret-of-the-flood-0123456789");
    // Asked often: a new connection each time would take more than the web processes do.
    var rows = Databases.pool(Config.operator(settings).database(), "ledger", 2);
    owned.add(rows);
    ledger = new FloodLedger(Jdbi.create(rows));
    ledger.open();
    var ports = List.of(TownSettings.freePort(), TownSettings.freePort());
    for (int port : ports) {
      webs.add(owned.add(web(settings, port, directory)));
    }
    owned.add(FrontDoor.open(baseUrl.getPort(), ports));
    webs.forEach(RoleProcess::start);
    webs.forEach(RoleProcess::awaitReady);
  }

  /// Lets the next starts of the web processes take half the time: worth it where many follow.
  void prepareClasses() {
    webs.forEach(RoleProcess::prepareClasses);
    webs.forEach(RoleProcess::awaitReady);
  }

  Outcome run() throws Exception {
    var people = people();
    var from = System.nanoTime();
    var kills = new AtomicInteger();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var speaking = threads.submit(() -> speak(people));
      var killing = threads.submit(() -> kill(kills));
      speaking.get();
      Await.value(
          "the end of all updates",
          Duration.ofMinutes(60),
          () -> {
            if (killing.state() == Future.State.FAILED) {
              throw new IllegalStateException("nobody is killed any more", killing.exceptionNow());
            }
            return kills.get() > 0 && over() ? Optional.of(true) : Optional.empty();
          });
      killing.cancel(true);
    }
    var seconds = (System.nanoTime() - from) / 1e9;
    var deliveries = webhook().path("deliveries");
    return new Outcome(
        plan,
        kills.get(),
        seconds,
        deliveries.path("sent").asLong(),
        deliveries.path("accepted").asLong(),
        deliveries.path("repeated").asLong(),
        deliveries.path("failed").asLong(),
        ledger.effects(),
        ledger.sent(),
        ledger.check(said));
  }

  private List<Long> people() throws Exception {
    var people = new ArrayList<Long>();
    for (int n = 0; n < plan.chats(); n++) {
      people.add(telegram.newPerson("Поток", "").id());
    }
    return people;
  }

  /// Each person writes one message after the other, many people at a time.
  private Void speak(List<Long> people) throws Exception {
    var random = new Random(plan.seed());
    var wanted = new TreeMap<Long, Integer>();
    for (int n = 0; n < plan.updates(); n++) {
      wanted.merge(
          people.get(n < people.size() ? n : random.nextInt(people.size())), 1, Integer::sum);
    }
    var places = new Semaphore(SPEAKERS);
    var speaking = new ArrayList<Future<?>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var chat : wanted.entrySet()) {
        places.acquire();
        speaking.add(
            threads.submit(() -> {
              try {
                speak(chat.getKey(), chat.getValue());
              } finally {
                places.release();
              }
            }));
      }
    }
    for (var each : speaking) {
      each.get();
    }
    return null;
  }

  private void speak(long person, int count) {
    for (int n = 0; n < count; n++) {
      telegram.person(person).send(WORDS.get(n % WORDS.size()));
      said.merge(person, 1, Integer::sum);
    }
  }

  private Void kill(AtomicInteger kills) throws InterruptedException {
    Await.until("the flood to be under way", () -> ledger.done() >= plan.firstKillAt());
    while (true) {
      // One lives always, as behind any proxy; the sender's place goes from one to the other.
      var web = webs.get(kills.get() % webs.size());
      webs.get((kills.get() + 1) % webs.size()).awaitReady();
      web.kill();
      kills.incrementAndGet();
      progress.accept(
          "%d kills, %d updates ended, %d wait at Telegram"
              .formatted(
                  kills.get(), ledger.done(), webhook().path("pending_update_count").asInt()));
      TimeUnit.NANOSECONDS.sleep(plan.killEvery().toNanos());
    }
  }

  private boolean over() {
    return webhook().path("pending_update_count").asInt() == 0
        && !ledger.anyOpen()
        && ledger.done() >= plan.updates();
  }

  private JsonNode webhook() {
    return telegram.get("/sandbox/bots/7000000001/webhook");
  }

  private static RoleProcess web(Map<String, String> settings, int port, Path directory)
      throws Exception {
    var own = new TreeMap<>(settings);
    own.put("PROPUSK_PORT", Integer.toString(port));
    return new RoleProcess(
        Role.WEB, own, Files.createDirectories(directory.resolve("web-" + port)));
  }

  @Override
  public void close() {
    owned.close();
  }
}
