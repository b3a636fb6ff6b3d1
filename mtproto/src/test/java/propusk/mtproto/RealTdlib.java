package propusk.mtproto;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import propusk.mtproto.client.Tdlib;
import propusk.mtproto.tdlib.TdLibrary;

/// The real library, loaded once for all tests of this JVM: it stays loaded until the end.
public final class RealTdlib {
  private static final Tdlib SHARED = Tdlib.start(TdLibrary.find().load(), directory());

  private RealTdlib() {}

  public static Tdlib shared() {
    return SHARED;
  }

  private static Path directory() {
    try {
      return Files.createTempDirectory("tdlib");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
