package propusk.app.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import propusk.domain.seal.Tokens;

/// What names this machine's state directory to the others: made once and kept in it, so that it
/// follows the files of a login in progress wherever they go, unlike a host name.
public final class HostId {
  private HostId() {}

  public static String of(Path stateDirectory, Tokens tokens) {
    var file = stateDirectory.resolve("host");
    try {
      Files.writeString(file, tokens.id(), StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException e) {
      // Made by an earlier start.
    } catch (IOException e) {
      throw new UncheckedIOException("Could not write " + file, e);
    }
    return read(file);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("Could not read " + file, e);
    }
  }
}
