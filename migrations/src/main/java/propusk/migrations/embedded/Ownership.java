package propusk.migrations.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// The right to run the server of one directory, held by a file lock that dies with its process.
final class Ownership implements AutoCloseable {
  private final FileChannel channel;

  private Ownership(FileChannel channel) {
    this.channel = channel;
  }

  /// @throws IllegalStateException if another process runs this directory's server
  static Ownership take(Path directory) {
    try {
      var channel =
          FileChannel.open(
              directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (lock(channel) == null) {
        channel.close();
        throw new IllegalStateException(
            "The database in %s is in use by another running Propusk; end that one first"
                .formatted(directory));
      }
      return new Ownership(channel);
    } catch (IOException e) {
      throw new UncheckedIOException("Could not lock " + directory, e);
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
