package propusk.mtproto.tdlib;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
  void onlyTheTestKeyIsReplaced() throws Exception {
    var ours = BEGIN + "ours".repeat(10) + END;
    var theirs = BEGIN + "MIIBCgKCAQEAyMEdY1aR" + "x".repeat(20) + END;
    var library = library("\0before\0" + theirs + "\0" + BEGIN + "production" + END + "\0");
    TestKey.replace(library, ours);
    assertEquals(
        "\0before\0" + ours + "\0" + BEGIN + "production" + END + "\0",
        Files.readString(library, US_ASCII));
  }

  /// The library is read in pieces: wherever the key lies, it is found, and found once.
  @ParameterizedTest
  @ValueSource(ints = {0, 65_480, 65_500, 65_516, 65_535, 65_536, 131_000})
  void theTestKeyIsFoundWhereverItLies(int before) throws Exception {
    var ours = BEGIN + "ours".repeat(10) + END;
    var theirs = BEGIN + "MIIBCgKCAQEAyMEdY1aR" + "x".repeat(20) + END;
    var library = library("\0".repeat(before) + theirs + "\0".repeat(70_000));
    TestKey.replace(library, ours);
    assertEquals(
        "\0".repeat(before) + ours + "\0".repeat(70_000), Files.readString(library, US_ASCII));
  }

  @Test
  void aKeyThatIsThereTwiceIsRefused() throws Exception {
    var key = BEGIN + "MIIBCgKCAQEAyMEdY1aR" + "x".repeat(20) + END;
    var library = library(key + "\0".repeat(65_500) + key);
    assertThrows(IllegalStateException.class, () -> TestKey.replace(library, key));
  }

  @Test
  void aKeyOfAnotherLengthIsRefused() throws Exception {
    var library = library("\0" + BEGIN + "MIIBCgKCAQEAyMEdY1aR" + "x".repeat(20) + END + "\0");
    assertThrows(
        IllegalArgumentException.class, () -> TestKey.replace(library, BEGIN + "short" + END));
  }

  @Test
  void aLibraryWithoutTheTestKeyIsRefused() throws Exception {
    var library = library("nothing");
    assertThrows(IllegalStateException.class, () -> TestKey.replace(library, BEGIN + END));
  }

  private Path library(String content) throws IOException {
    return Files.writeString(directory.resolve("library"), content, US_ASCII);
  }
}
