package propusk.mtproto.scratch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One client's directory, 0700. Its files may be touched only while no client has them open:
/// closing a descriptor of the same file drops TDLib's lock.
public record ScratchDirectory(Path path) {
  private static final FileAttribute<Set<PosixFilePermission>> ONLY_OURS =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  /// Makes the directory and the ones above it, all private.
  public static ScratchDirectory create(Path path) {
    try {
      Files.createDirectories(path.getParent(), ONLY_OURS);
      return new ScratchDirectory(Files.createDirectory(path, ONLY_OURS));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Makes a private directory where there is none yet.
  public static Path ensure(Path path) {
    try {
      return Files.createDirectories(path, ONLY_OURS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static ScratchDirectory at(String path) {
    return new ScratchDirectory(Path.of(path));
  }

  public boolean exists() {
    return Files.isDirectory(path);
  }

  /// Writes a file, 0600, that a client is going to open.
  public void write(Path file, byte[] content) {
    try {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Reads a closed client's file after making sure that it is on disk.
  public byte[] readSynced(Path file) {
    try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      channel.force(true);
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Removes everything; nothing there is fine.
  public void wipe() {
    if (!exists()) return;
    try {
      Files.walkFileTree(
          path,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.delete(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failed)
                throws IOException {
              if (failed != null) throw failed;
              Files.delete(directory);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
