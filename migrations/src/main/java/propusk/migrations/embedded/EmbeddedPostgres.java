package propusk.migrations.embedded;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A PostgreSQL server that is a child of this process and ends with it, however it ends.
///
/// One thread starts the server and lives as long as it: the kernel interrupts the server when that
/// thread is gone, `kill -9` of the JVM included, and PostgreSQL then shuts down cleanly. A server
/// that ends by itself is started again on the same port. Passwords are checked with SCRAM; only
/// loopback is listened on.
public final class EmbeddedPostgres implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgres.class);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /// @param directory holds the cluster; as root its parents must be passable for others
  /// @param binaries a cache for the unpacked programs, shared by all clusters
  /// @param durable false trades crash safety for speed: only for tests
  public record Config(Path directory, Path binaries, boolean durable) {
    /// Keeps every committed transaction; programs are cached for the whole machine or user.
    public static Config durable(Path directory) {
      return new Config(directory, cache(), true);
    }

    /// For tests: no waiting for the disk.
    public static Config fast(Path directory) {
      return new Config(directory, cache(), false);
    }

    /// Where programs unpacked from libraries are kept.
    public static Path cache() {
      if (Shell.isRoot()) {
        return Path.of("/var/cache/propusk");
      }
      var xdg = System.getenv("XDG_CACHE_HOME");
      var base = xdg == null || xdg.isBlank() ? System.getProperty("user.home") + "/.cache" : xdg;
      return Path.of(base, "propusk");
    }
  }

  private final Ownership ownership;
  private final Cluster cluster;
  private final ServerProcess server;

  private EmbeddedPostgres(Ownership ownership, Cluster cluster, ServerProcess server) {
    this.ownership = ownership;
    this.cluster = cluster;
    this.server = server;
  }

  /// Starts the server, making its cluster the first time; returns when it answers queries.
  public static EmbeddedPostgres start(Config config) {
    var directory = config.directory().toAbsolutePath();
    Cluster.makeDirectory(directory, "rwx--x--x");
    var ownership = Ownership.take(directory);
    try {
      var cluster = new Cluster(directory, PostgresBinaries.unpack(config.binaries()));
      cluster.requireReachable();
      cluster.initialize(new SecureRandom(), config.durable());
      endOrphan(cluster);
      var server = ServerProcess.start(cluster, cluster.port(), config.durable(), PATIENCE);
      return new EmbeddedPostgres(ownership, cluster, server);
    } catch (RuntimeException e) {
      ownership.close();
      throw e;
    }
  }

  /// We hold the lock, so a server still running lost its owner and is about to end. A recorded pid
  /// that now belongs to something else would keep PostgreSQL from starting.
  private static void endOrphan(Cluster cluster) {
    var pid = cluster.recordedPid();
    if (pid.isEmpty()) {
      return;
    }
    var orphan = ProcessHandle.of(pid.get()).filter(process -> cluster.isServer(process.pid()));
    if (orphan.isPresent()) {
      log.info("event=postgres_orphan_ended pid={}", pid.get());
      Shell.signal("INT", pid.get());
      orphan.get().onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }
    cluster.forgetPid();
  }

  public int port() {
    return server.port();
  }

  public long pid() {
    return server.pid();
  }

  public String user() {
    return Cluster.SUPERUSER;
  }

  public String password() {
    return cluster.password();
  }

  /// For the database `postgres`, without user and password.
  public String jdbcUrl() {
    return jdbcUrl("postgres");
  }

  public String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port() + "/" + database;
  }

  /// Unpooled connections to one database of this server.
  public DataSource dataSource(String database) {
    return dataSource(jdbcUrl(database), user(), password());
  }

  static DataSource dataSource(String jdbcUrl, String user, String password) {
    var source = new PGSimpleDataSource();
    source.setUrl(jdbcUrl);
    source.setUser(user);
    source.setPassword(password);
    return source;
  }

  /// Ends the server cleanly, disconnecting everyone.
  @Override
  public void close() {
    server.close();
    ownership.close();
  }
}
