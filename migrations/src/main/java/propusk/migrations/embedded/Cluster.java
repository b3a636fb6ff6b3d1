package propusk.migrations.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// A database cluster's directory: `data` (PostgreSQL's own), `password` (0600), `port` and
/// `postgres.log`.
record Cluster(Path directory, Path home) {
  static final String SUPERUSER = "propusk";

  Path data() {
    return directory.resolve("data");
  }

  Path log() {
    return directory.resolve("postgres.log");
  }

  String password() {
    return read(directory.resolve("password")).orElseThrow();
  }

  /// The stored port if it is free, else a new one, stored.
  int port() {
    var file = directory.resolve("port");
    var stored = read(file).map(Integer::parseInt).filter(Cluster::isFree);
    return stored.orElseGet(() -> {
      var port = freePort();
      write(file, Integer.toString(port));
      return port;
    });
  }

  /// The server's user must get here; as root that is somebody else.
  void requireReachable() {
    try {
      Shell.run(Shell.unprivileged(List.of("test", "-x", directory.toString())));
    } catch (IllegalStateException e) {
      throw new IllegalStateException(
          "PostgreSQL does not run as root, and its user cannot reach %s: let others pass through the"
                  .formatted(directory)
              + " directories above it (chmod o+x), or set PROPUSK_STATE_DIR",
          e);
    }
  }

  /// Makes the cluster unless a finished one is there; a half-made one is made again.
  void initialize(SecureRandom random, boolean durable) {
    if (Files.exists(data().resolve("postgresql.conf"))
        && Files.exists(directory.resolve("password"))) {
      return;
    }
    Shell.run(List.of("rm", "-rf", data().toString()));
    var password = newPassword(random);
    var forInitdb = directory.resolve("initdb-password");
    try {
      makeDirectory(data(), "rwx------");
      write(forInitdb, password);
      giveAway(List.of(data(), forInitdb));
      Shell.run(Shell.unprivileged(initdb(forInitdb, durable)));
      write(directory.resolve("password"), password);
    } finally {
      delete(forInitdb);
    }
  }

  private List<String> initdb(Path passwordFile, boolean durable) {
    return List.of(
        home.resolve("bin/initdb").toString(),
        "--pgdata=" + data(),
        "--username=" + SUPERUSER,
        "--pwfile=" + passwordFile,
        "--auth=scram-sha-256",
        // A random password gains nothing from thousands of rounds at each connection.
        "--set=scram_iterations=1",
        "--encoding=UTF8",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--locale=C",
        durable ? "--data-checksums" : "--no-sync");
  }

  /// The pid that a running or killed server left behind.
  Optional<Long> recordedPid() {
    return read(data().resolve("postmaster.pid"))
        .flatMap(text -> text.lines().findFirst())
        .map(String::strip)
        .filter(line -> line.matches("\\d{1,18}"))
        .map(Long::valueOf);
  }

  /// True if that process is a server of this very cluster, not one that got its number later.
  boolean isServer(long pid) {
    try {
      return Files.isSameFile(Path.of("/proc", Long.toString(pid), "cwd"), data());
    } catch (IOException e) {
      return false;
    }
  }

  void forgetPid() {
    delete(data().resolve("postmaster.pid"));
  }

  /// A directory whose parent is reachable by the server's user.
  static void makeDirectory(Path path, String permissions) {
    try {
      Files.createDirectories(path);
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void giveAway(List<Path> paths) {
    if (!Shell.isRoot()) {
      return;
    }
    for (var path : paths) {
      Shell.run(List.of("chown", Shell.NOBODY + ":" + Shell.NOBODY, path.toString()));
    }
  }

  private static String newPassword(SecureRandom random) {
    var bytes = new byte[24];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<String> read(Path file) {
    try {
      return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Never readable by others, not even while it is being written.
  private static void write(Path file, String text) {
    try {
      Files.deleteIfExists(file);
      var own = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
      Files.createFile(file, own);
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
