package propusk.app.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import propusk.domain.seal.Hashes;

/// The directory for what must survive a restart: the embedded database, logins in progress, the
/// demo.
///
/// `PROPUSK_STATE_DIR`, else as root `/var/lib/propusk` or, for a clone, `/var/tmp/propusk-` and a
/// hash of its path (a home of root is out of reach for the database's user), else `.propusk` in
/// the clone.
public record StateDirectory(Path path) {
  /// Set by the launcher script: where its clone lies.
  public static final String CLONE = "propusk.clone";

  /// Finds the directory; makes it unless it is there.
  public static StateDirectory of(Map<String, String> environment) {
    var configured =
        Optional.ofNullable(environment.get("PROPUSK_STATE_DIR")).filter(text -> !text.isBlank());
    var clone = Optional.ofNullable(System.getProperty(CLONE)).map(Path::of);
    var path = configured.map(Path::of).orElseGet(() -> standard(clone, isRoot()));
    return new StateDirectory(make(path.toAbsolutePath()));
  }

  static Path standard(Optional<Path> clone, boolean root) {
    if (clone.isEmpty()) {
      return root
          ? Path.of("/var/lib/propusk")
          : Path.of(System.getProperty("user.home"), ".propusk");
    }
    return root
        ? Path.of("/var/tmp/propusk-" + hash(clone.get()))
        : clone.get().resolve(".propusk");
  }

  /// A directory below, for us alone.
  public Path privately(String name) {
    return make(path.resolve(name), "rwx------");
  }

  /// A directory below through which other users may pass, but not look.
  public Path passable(String name) {
    return make(path.resolve(name), "rwx--x--x");
  }

  /// The right to run here, for one process at a time; it dies with its process.
  public AutoCloseable lock() {
    try {
      var channel =
          FileChannel.open(lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!locked(channel)) {
        channel.close();
        throw new IllegalStateException(
            "Propusk runs already with its state in %s; end it first".formatted(path));
      }
      return channel;
    } catch (IOException e) {
      throw new UncheckedIOException("Could not lock " + path, e);
    }
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  public Path lockFile() {
    return path.resolve("lock");
  }

  /// What else runs on the machine may have made the name first: only a directory of our own is
  /// taken.
  private static Path make(Path path) {
    return make(path, "rwx--x--x");
  }

  private static Path make(Path path, String permissions) {
    try {
      var wanted = PosixFilePermissions.fromString(permissions);
      if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        var parent = path.getParent();
        if (parent != null) {
          Files.createDirectories(parent);
        }
        Files.createDirectory(path);
        Files.setPosixFilePermissions(path, wanted);
      }
      var owner = Files.getOwner(path, LinkOption.NOFOLLOW_LINKS).getName();
      if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
          || !owner.equals(System.getProperty("user.name"))) {
        throw new IllegalStateException(
            "%s is not a directory of ours (it belongs to %s); set PROPUSK_STATE_DIR to another one"
                .formatted(path, owner));
      }
      return path;
    } catch (IOException e) {
      throw new UncheckedIOException("The state directory %s cannot be made".formatted(path), e);
    }
  }

  private static String hash(Path clone) {
    return HexFormat.of().formatHex(Hashes.sha256(clone.toString())).substring(0, 12);
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }
}
