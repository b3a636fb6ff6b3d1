package propusk.mtproto;

import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import propusk.domain.login.LoginId;
import propusk.domain.login.LoginState;
import propusk.domain.notify.Channel;
import propusk.domain.notify.Notifications;
import propusk.mtproto.client.TdRequest;
import propusk.sandbox.world.Person;

/// Figures of docs/performance.md, with everything (sandbox, database, worker) on this machine.
/// Times are taken where a waiting page would learn of the change: when its hint arrives from the
/// database.
///
/// Run, after a build: `mvn -q -pl mtproto exec:exec@measure`.
final class Measure {
  private static final int LINKED = 1;
  private static final int FINALIZING = 2;
  private static final int COMPLETED = 3;
  private static final int WARM_UP = 20;
  private static final int LOGINS = 100;
  private static final int USES = 300;
  private static final Duration ANSWER = Duration.ofSeconds(10);

  private final Stage stage;
  private final Map<LoginId, List<Long>> hints = new ConcurrentHashMap<>();
  private final Map<String, List<Long>> figures = new ConcurrentHashMap<>();

  private Measure(Stage stage) {
    this.stage = stage;
  }

  public static void main(String[] arguments) throws Exception {
    try (var stage = new Stage(Files.createTempDirectory("measure"))) {
      new Measure(stage).run();
    }
  }

  private void run() throws InterruptedException {
    var worker = stage.startWorker();
    try (var notifications =
        new Notifications(
            stage.domain.database.jdbcUrl(),
            stage.domain.database.user(),
            stage.domain.database.password())) {
      notifications.on(Channel.LOGIN, this::note);
      notifications.start();
      for (var round = 0; round < WARM_UP; round++) login(stage.person("Warm " + round));
      figures.clear();
      for (var round = 0; round < LOGINS; round++) login(stage.person("Person " + round));
      var ilya = stage.person("Илья");
      var saved = stage.saved(login(ilya).account()).id();
      for (var use = 0; use < USES; use++) {
        var from = System.nanoTime();
        var _ = worker.vault().use(saved, client -> client.ask(new TdRequest.GetMe(), ANSWER).id());
        if (use >= WARM_UP) add("vault: one use", from, System.nanoTime());
      }
    }
    figures.forEach(Measure::print);
  }

  private Stage.Opened login(Person person) {
    var from = System.nanoTime();
    var login = stage.open(person);
    var id = login.login().id();
    var link = stage.link(login, 1);
    add("tap -> link on the page", from, at(id, LINKED));
    var scanned = System.nanoTime();
    stage.scan(person, link);
    var accepted = System.nanoTime();
    stage.await(login, LoginState.Completed.class);
    add("accept -> finalizing", accepted, at(id, FINALIZING));
    add("scan -> completed", scanned, at(id, COMPLETED));
    stage.awaitWiped(login);
    return login;
  }

  private void note(String id) {
    if (id.isEmpty()) return;
    var now = System.nanoTime();
    hints
        .computeIfAbsent(new LoginId(id), _ -> Collections.synchronizedList(new ArrayList<>()))
        .add(now);
  }

  /// When the hint of this step came; nothing is refreshed in so short a time.
  private long at(LoginId id, int step) {
    return Await.some(
        "hint " + step,
        () ->
            Optional.ofNullable(hints.get(id))
                .filter(times -> times.size() > step)
                .map(times -> times.get(step)));
  }

  private void add(String what, long from, long to) {
    figures
        .computeIfAbsent(what, _ -> Collections.synchronizedList(new ArrayList<>()))
        .add(to - from);
  }

  private static void print(String what, List<Long> nanos) {
    var sorted = nanos.stream().sorted().toList();
    System.out.printf(
        Locale.ROOT,
        "%-28s n=%d p50=%.1f ms p90=%.1f ms p99=%.1f ms%n",
        what,
        sorted.size(),
        sorted.get(sorted.size() / 2) / 1e6,
        sorted.get(sorted.size() * 9 / 10) / 1e6,
        sorted.get(sorted.size() * 99 / 100) / 1e6);
  }
}
