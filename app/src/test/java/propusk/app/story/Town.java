package propusk.app.story;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Jdbi;
import propusk.app.ClubDesk;
import propusk.app.InviteDesk;
import propusk.app.Wiring;
import propusk.app.config.Config;
import propusk.app.config.Role;
import propusk.app.launch.Owned;
import propusk.app.launch.Readiness;
import propusk.app.supervise.Child;
import propusk.domain.session.TelegramSessionId;
import propusk.migrations.TestDatabase;
import propusk.mtproto.vault.VaultUse;
import propusk.sandbox.Sandbox;
import propusk.sandbox.person.SandboxClient;
import propusk.sandbox.person.SandboxPerson;

/// Everything a story needs: a database, a Telegram of our own, web in this JVM, and a worker as a
/// supervised process, built from settings as in production.
public final class Town implements AutoCloseable {
  /// A hung worker is killed sooner than in production, yet not one that waits for a processor.
  private static final Child.Patience PATIENCE =
      new Child.Patience(Duration.ofSeconds(60), Duration.ofSeconds(15), Duration.ofMillis(500));

  private final Owned owned = new Owned();
  private final Path directory = temporaryDirectory();
  private final TestDatabase database;
  private final URI baseUrl;
  private final Sandbox sandbox;
  private final SandboxClient client;
  private final SandboxPerson admin;
  private final Map<String, String> settings;
  private final Optional<Child> worker;

  private Town(URI baseUrl, Map<String, String> more, boolean withWorker) {
    this.baseUrl = baseUrl;
    owned.add(() -> removeTree(directory));
    database = owned.add(TestDatabase.create());
    sandbox = owned.add(TownSettings.sandbox(directory.resolve("world"), baseUrl));
    client = owned.add(new SandboxClient(sandbox.url()));
    admin = person("Оператор");
    settings = settings();
    settings.put("PROPUSK_ADMINS", Long.toString(admin.id()));
    settings.putAll(more);
    Wiring.web(Config.web(Config.onlyFor(Role.WEB, with("PROPUSK_OPS_PORT", "0"))), owned);
    worker = withWorker ? Optional.of(owned.add(startWorker())) : Optional.empty();
  }

  public static Town start() {
    return new Town(ownAddress(), Map.of(), true);
  }

  /// For stories in which nobody's Telegram is connected.
  public static Town startWithoutWorker() {
    return new Town(ownAddress(), Map.of(), false);
  }

  /// The same, with settings of its own.
  static Town startWithoutWorker(Map<String, String> more) {
    return new Town(ownAddress(), more, false);
  }

  /// The same as [#start] where people reach it at another address, by a proxy.
  ///
  /// @param more settings that the proxy needs
  static Town behind(URI address, Map<String, String> more) {
    return new Town(address, more, true);
  }

  private static URI ownAddress() {
    return URI.create("http://localhost:" + TownSettings.freePort());
  }

  /// What the worker has logged so far.
  String workerLog() {
    try {
      return Files.readString(directory.resolve("log").resolve("worker.log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public SandboxClient telegram() {
    return client;
  }

  public SandboxPerson person(String firstName) {
    return client.newPerson(firstName, "");
  }

  /// Whom the bot tells what the operator must know.
  SandboxPerson admin() {
    return admin;
  }

  URI sandboxUrl() {
    return sandbox.url();
  }

  public URI baseUrl() {
    return baseUrl;
  }

  Rows rows() {
    return new Rows(jdbi());
  }

  public Jdbi jdbi() {
    return Jdbi.create(database.dataSource());
  }

  /// An invite as an operator makes it.
  public String invite(String plan, int uses) {
    return new InviteDesk(Config.operator(settings)).create(plan, uses, Optional.empty()).value();
  }

  /// Organizations and events as an operator makes them.
  public ClubDesk clubs() {
    return new ClubDesk(Config.operator(settings));
  }

  /// What a person does with an invite until the page is in front of them, not yet opened.
  public MiniApp openPage(SandboxPerson person, String invite) {
    person.send("/login " + invite);
    var accepted = person.awaitMessage("Инвайт код принят");
    return new MiniApp(person.tap(accepted, "QR").orElseThrow());
  }

  /// The worker's process, which the supervisor starts again when it ends.
  public ProcessHandle workerProcess() {
    long pid = Await.value("a worker", worker.orElseThrow()::pid);
    return ProcessHandle.of(pid).orElseThrow();
  }

  /// Ends the worker as a power cut would, and waits until it is gone.
  void killWorker() {
    var process = workerProcess();
    process.destroyForcibly();
    Await.until("the worker's death", () -> !process.isAlive());
  }

  /// The worker stands still while this runs; it may be killed meanwhile.
  void withFrozenWorker(Runnable work) {
    var process = workerProcess();
    signal("STOP", process);
    try {
      work.run();
    } finally {
      signal("CONT", process);
    }
  }

  /// The worker stands still for good; returns when its supervisor has ended it.
  void hangWorker() {
    var process = workerProcess();
    signal("STOP", process);
    Await.until("the end of the hung worker", () -> !process.isAlive());
  }

  /// Another worker takes the sealed session from the vault and asks Telegram who it is.
  long answersOnTheSavedSession(SandboxPerson person) throws InterruptedException {
    var session =
        jdbi()
            .withHandle(handle ->
                handle
                    .createQuery(
                        "SELECT id FROM telegram_session WHERE telegram_id = :id AND state ="
                            + " 'live'")
                    .bind("id", person.id())
                    .mapTo(String.class)
                    .one());
    try (var owner = new Owned()) {
      var other = Wiring.worker(otherWorker(), owner);
      var use =
          other
              .vault()
              .use(new TelegramSessionId(session), client -> client.myId(Duration.ofSeconds(10)));
      if (use instanceof VaultUse.Done<Long>(var id)) {
        return id;
      }
      throw new AssertionError(use);
    }
  }

  private static void signal(String name, ProcessHandle process) {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// As the operator's `worker`, in this JVM and with a state directory of its own.
  public Config.Worker otherWorker() {
    var own = with("PROPUSK_OPS_PORT", "0");
    own.put("PROPUSK_STATE_DIR", makeDirectory("other").toString());
    return Config.worker(Config.onlyFor(Role.WORKER, own));
  }

  private Child startWorker() {
    int port = TownSettings.freePort();
    var own = Config.onlyFor(Role.WORKER, with("PROPUSK_OPS_PORT", Integer.toString(port)));
    own.put("PATH", System.getenv("PATH"));
    own.put("HOME", System.getenv("HOME"));
    var spec =
        new Child.Spec(
            "worker",
            Jars.command(Role.WORKER),
            own,
            // Not ours: surefire speaks to Maven there.
            Optional.of(makeDirectory("log").resolve("worker.log")),
            URI.create("http://127.0.0.1:" + port + "/healthz"),
            PATIENCE);
    var child = Child.start(spec, _ -> {});
    Readiness.await(
        "the worker", URI.create("http://127.0.0.1:" + port + "/readyz"), Await.PATIENCE);
    return child;
  }

  private Map<String, String> with(String name, String value) {
    var more = new TreeMap<>(settings);
    more.put(name, value);
    return more;
  }

  private Map<String, String> settings() {
    return TownSettings.of(database.url(), makeDirectory("state"), baseUrl, sandbox);
  }

  private Path makeDirectory(String name) {
    try {
      return Files.createDirectories(directory.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path temporaryDirectory() {
    try {
      return Files.createTempDirectory("propusk-story-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void removeTree(Path tree) throws IOException, InterruptedException {
    new ProcessBuilder(List.of("rm", "-rf", tree.toString())).start().waitFor();
  }

  @Override
  public void close() {
    owned.close();
  }
}
