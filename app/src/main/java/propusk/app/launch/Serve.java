package propusk.app.launch;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import propusk.app.config.Config;
import propusk.app.config.Role;
import propusk.app.state.StateDirectory;
import propusk.app.supervise.Child;
import propusk.migrations.Migrations;
import propusk.migrations.embedded.EmbeddedPostgres;

/// One machine's whole program: a database (embedded unless one is configured), a web process and a
/// worker, the last two supervised children, each with only the settings of its role.
public final class Serve {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Map<String, String> environment;
  private final StateDirectory state;
  private final Owned owned;
  private final Optional<Path> logs;

  /// @param owned takes what is started
  /// @param logs a directory for the children's output; ours if empty
  public Serve(
      Map<String, String> environment, StateDirectory state, Owned owned, Optional<Path> logs) {
    this.environment = new TreeMap<>(environment);
    this.environment.put("PROPUSK_STATE_DIR", state.path().toString());
    this.state = state;
    this.owned = owned;
    this.logs = logs;
  }

  /// Refuses a configuration that lacks anything but the database, before anything is started.
  public static void check(Map<String, String> environment) {
    var assumed = new TreeMap<>(environment);
    assumed.putIfAbsent("PROPUSK_STATE_DIR", "assumed");
    if (!hasDatabase(environment)) {
      assumed.put("PROPUSK_DATABASE_URL", "postgres://embedded/propusk");
    }
    Config.check(assumed, Set.of(Role.WEB, Role.WORKER));
  }

  private static boolean hasDatabase(Map<String, String> environment) {
    return environment.containsKey("PROPUSK_DATABASE_URL")
        || environment.containsKey("PROPUSK_DATABASE_URL_FILE");
  }

  /// The database is there and migrated after this; returns the settings with its address.
  public Map<String, String> database() {
    if (!hasDatabase(environment)) {
      var directory = state.passable("postgres");
      var postgres = owned.add(EmbeddedPostgres.start(EmbeddedPostgres.Config.durable(directory)));
      environment.put("PROPUSK_DATABASE_URL", url(postgres));
    }
    Migrations.migrate(Databases.unpooled(Config.migrate(environment)));
    return environment;
  }

  private static String url(EmbeddedPostgres postgres) {
    return "%s?user=%s&password=%s"
        .formatted(postgres.jdbcUrl(), postgres.user(), postgres.password());
  }

  /// Both children run and are ready after this.
  ///
  /// @param ports gives the private ports, the web's first
  public void children(Map<String, String> more, Ports ports) {
    var all = new TreeMap<>(environment);
    all.putAll(more);
    Config.check(all, Set.of(Role.WEB, Role.WORKER));
    int wished = Config.web(all).opsPort();
    int webOps = ports.next(wished);
    int workerOps = ports.next(wished + 1);
    child(Role.WORKER, all, workerOps);
    child(Role.WEB, all, webOps);
    await(Role.WEB, webOps);
    await(Role.WORKER, workerOps);
  }

  private void child(Role role, Map<String, String> all, int opsPort) {
    var own = Config.onlyFor(role, all);
    own.put("PROPUSK_OPS_PORT", Integer.toString(opsPort));
    var log = logs.map(directory -> directory.resolve(role.command() + ".log"));
    var spec =
        new Child.Spec(
            role.command(),
            JavaCommand.of(role, state.privately("classes")),
            own,
            log,
            uri(opsPort, "/healthz"),
            Child.Patience.STANDARD);
    owned.add(Child.start(spec, _ -> Exit.soon(Child.GIVE_UP)));
  }

  private static void await(Role role, int opsPort) {
    Readiness.await("The " + role.command() + " process", uri(opsPort, "/readyz"), PATIENCE);
  }

  private static URI uri(int port, String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }
}
