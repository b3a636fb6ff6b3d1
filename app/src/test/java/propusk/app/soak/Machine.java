package propusk.app.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import propusk.app.InviteDesk;
import propusk.app.config.Config;
import propusk.app.config.Role;
import propusk.app.launch.Databases;
import propusk.app.launch.Owned;
import propusk.app.story.Await;
import propusk.app.story.TownSettings;
import propusk.migrations.Migrations;
import propusk.migrations.embedded.EmbeddedPostgres;
import propusk.sandbox.Sandbox;
import propusk.sandbox.person.SandboxClient;

/// One machine that runs everything, with web, worker and PostgreSQL as processes that are killed.
/// Telegram, which never falls with us, lives in this JVM. All of it is kept in one directory and
/// goes on from there.
final class Machine implements AutoCloseable {
  static final int TOKEN_SECONDS = 6;

  private final Owned owned = new Owned();
  private final Path directory;
  private final EmbeddedPostgres postgres;
  private final Sandbox sandbox;
  private final DatabaseWire wire;
  private final SandboxClient telegram;
  private final Map<String, String> settings;
  private final Jdbi rows;
  private final RoleProcess web;
  private final RoleProcess worker;

  private Machine(Path directory) {
    this.directory = directory;
    passable(directory);
    var data = passable(directory.resolve("postgres"));
    postgres = owned.add(EmbeddedPostgres.start(EmbeddedPostgres.Config.durable(data)));
    var baseUrl = URI.create("http://localhost:" + TownSettings.freePort());
    sandbox = owned.add(TownSettings.sandbox(directory.resolve("world"), baseUrl));
    telegram = owned.add(new SandboxClient(sandbox.url()));
    faults(Map.of());
    wire = owned.add(DatabaseWire.to(postgres.port()));
    settings =
        TownSettings.of(url(postgres.port()), make(directory.resolve("state")), baseUrl, sandbox);
    var database = Databases.unpooled(Config.operator(settings).database());
    Migrations.migrate(database);
    rows = Jdbi.create(database);
    var own = make(directory.resolve("processes"));
    var wired = new TreeMap<>(settings);
    wired.put("PROPUSK_DATABASE_URL", url(wire.port()));
    worker = owned.add(new RoleProcess(Role.WORKER, wired, own));
    web = owned.add(new RoleProcess(Role.WEB, wired, own));
    worker.start();
    web.start();
    awaitReady();
  }

  /// @param directory holds everything; what is there already is gone on with
  static Machine start(Path directory) {
    return new Machine(directory);
  }

  SandboxClient telegram() {
    return telegram;
  }

  /// The database, as an operator sees it.
  Jdbi rows() {
    return rows;
  }

  Map<String, String> settings() {
    return settings;
  }

  /// Sets what goes wrong at Telegram from now on, and nothing else.
  ///
  /// A soak writes faster than Telegram lets a bot write: that limit is off. A scan that lands
  /// while no client lives is learnt of when its token ends: tokens live short, so that nobody
  /// waits.
  void faults(Map<String, ?> plan) {
    var all = new TreeMap<String, Object>(plan);
    all.put("bot_api_limits", false);
    all.put("login_token_seconds", TOKEN_SECONDS);
    telegram.faults(all);
  }

  /// One method more goes wrong, besides what does already.
  synchronized void addFault(Map<String, ?> fault) {
    var methods = new ArrayList<Object>(List.of(fault));
    telegram.get("/sandbox/faults").path("methods").forEach(methods::add);
    faults(Map.of("methods", methods));
  }

  /// Cuts our processes' connections to PostgreSQL, which lives on.
  void cutDatabase() {
    wire.cut();
  }

  /// Where workers keep their open clients' files.
  Path scratch() {
    return directory.resolve("state").resolve("worker");
  }

  ProcessHandle process(Part part) {
    return switch (part) {
      case WEB -> web.handle();
      case WORKER -> worker.handle();
      case POSTGRES ->
          Await.value(
              "a PostgreSQL",
              () -> ProcessHandle.of(postgres.pid()).filter(ProcessHandle::isAlive));
    };
  }

  /// How often a process of ours ended though nobody killed it.
  int ownEnds() {
    return web.ownEnds() + worker.ownEnds();
  }

  String invite(int uses) {
    return new InviteDesk(Config.operator(settings))
        .create("premium", uses, Optional.empty())
        .value();
  }

  /// Lets the next starts of our processes take half the time: worth it where many follow.
  void prepareClasses() {
    worker.prepareClasses();
    web.prepareClasses();
    awaitReady();
  }

  /// `kill -9`; returns when it is gone. Something else starts it again.
  void kill(Part part) {
    switch (part) {
      case WEB -> web.kill();
      case WORKER -> worker.kill();
      case POSTGRES -> {
        var server = process(part);
        server.destroyForcibly();
        Await.until("the death of PostgreSQL", () -> !server.isAlive());
      }
    }
  }

  /// Returns when every process answers again.
  void awaitReady() {
    awaitReady(Part.POSTGRES);
    awaitReady(Part.WORKER);
    awaitReady(Part.WEB);
  }

  void awaitReady(Part part) {
    switch (part) {
      case WEB -> web.awaitReady();
      case WORKER -> worker.awaitReady();
      case POSTGRES -> Await.until("PostgreSQL", this::answers);
    }
  }

  private boolean answers() {
    try {
      return rows.withHandle(handle -> handle.getConnection().isValid(5));
    } catch (JdbiException | SQLException away) {
      return false;
    }
  }

  private String url(int port) {
    return "jdbc:postgresql://127.0.0.1:%d/postgres?user=%s&password=%s"
        .formatted(port, postgres.user(), postgres.password());
  }

  private static Path passable(Path directory) {
    try {
      Files.createDirectories(directory);
      return Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path make(Path directory) {
    try {
      return Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    owned.close();
  }
}
