package propusk.mtproto.tdlib;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TdLibraryTest {
  private static final String BEGIN = "-----BEGIN RSA PUBLIC KEY-----\n";
  private static final String END = "\n-----END RSA PUBLIC KEY-----";

  @TempDir private Path directory;

  @Test
  void aLibraryWithOtherContentIsRefusedBeforeItIsLoaded() throws Exception {
    var file = Files.writeString(directory.resolve("libtdjson.so"), "not TDLib");
    var refused =
        assertThrows(IllegalStateException.class, () -> TdLibrary.at(file).load()).toString();
    assertTrue(refused.contains("is not the pinned TDLib"), refused);
  }

  @Test
  void onlyTheTestKeyIsReplaced() {
    var ours = BEGIN + "ours".repeat(10) + END;
    var theirs = BEGIN + "MIIBCgKCAQEAyMEdY1aR" + "x".repeat(20) + END;
    var library = bytes("\0before\0" + theirs + "\0" + BEGIN + "production" + END + "\0");
    TestKey.replace(library, ours);
    assertEquals(
        "\0before\0" + ours + "\0" + BEGIN + "production" + END + "\0",
        new String(library, StandardCharsets.US_ASCII));
  }

  @Test
  void aKeyOfAnotherLengthIsRefused() {
    var library = bytes("\0" + BEGIN + "MIIBCgKCAQEAyMEdY1aR" + "x".repeat(20) + END + "\0");
    assertThrows(
        IllegalArgumentException.class, () -> TestKey.replace(library, BEGIN + "short" + END));
  }

  @Test
  void aLibraryWithoutTheTestKeyIsRefused() {
    assertThrows(IllegalStateException.class, () -> TestKey.replace(bytes("nothing"), BEGIN + END));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
