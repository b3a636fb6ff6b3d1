package propusk.app.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/// Files that only their owner reads, not even for a moment anybody else.
public final class PrivateFile {
  private PrivateFile() {}

  /// Replaces the file at once or not at all.
  public static void write(Path file, String text) {
    var ours = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    var draft = file.resolveSibling("." + file.getFileName() + ".new");
    try {
      Files.deleteIfExists(draft);
      Files.createFile(draft, ours);
      Files.writeString(draft, text);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("Could not write " + file, e);
    }
  }
}
