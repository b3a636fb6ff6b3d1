package propusk.app.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
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
  private final Owned owned = new Owned();
  private final Path directory;
  private final EmbeddedPostgres postgres;
  private final Sandbox sandbox;
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
    // A soak writes faster than Telegram lets a real bot write.
    telegram.faults(Map.of("bot_api_limits", false));
    settings = TownSettings.of(databaseUrl(), make(directory.resolve("state")), baseUrl, sandbox);
    var database = Databases.unpooled(Config.operator(settings).database());
    Migrations.migrate(database);
    rows = Jdbi.create(database);
    var own = make(directory.resolve("processes"));
    worker = owned.add(new RoleProcess(Role.WORKER, settings, own));
    web = owned.add(new RoleProcess(Role.WEB, settings, own));
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

  /// Where workers keep their open clients' files.
  Path scratch() {
    return directory.resolve("state").resolve("worker");
  }

  ProcessHandle process(Part part) {
    return switch (part) {
      case WEB -> web.handle();
      case WORKER -> worker.handle();
      case POSTGRES -> ProcessHandle.of(postgres.pid()).orElseThrow();
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
    Await.until("PostgreSQL", this::answers);
    worker.awaitReady();
    web.awaitReady();
  }

  private boolean answers() {
    try {
      return rows.withHandle(handle -> handle.getConnection().isValid(5));
    } catch (JdbiException | SQLException away) {
      return false;
    }
  }

  private String databaseUrl() {
    return "%s?user=%s&password=%s"
        .formatted(postgres.jdbcUrl(), postgres.user(), postgres.password());
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
