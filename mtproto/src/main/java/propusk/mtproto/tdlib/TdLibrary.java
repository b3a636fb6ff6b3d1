package propusk.mtproto.tdlib;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The library file: exactly the pinned build of TDLib, checked before it is loaded.
///
/// Order: read once, check the hash of what was read, then (for a sandbox only) patch the test key
/// in a private copy.
public final class TdLibrary {
  private final Path file;

  private TdLibrary(Path file) {
    this.file = file;
  }

  public static TdLibrary at(Path file) {
    return new TdLibrary(file);
  }

  /// The library of this program: as the system property `propusk.tdlib` says, else
  /// `native/libtdjson.so` beside our jar, else where the build keeps what it fetched.
  public static TdLibrary find() {
    var named = System.getProperty("propusk.tdlib");
    if (named != null) return new TdLibrary(Path.of(named));
    var shipped = ourJar().resolveSibling("native").resolve("libtdjson.so");
    return new TdLibrary(Files.exists(shipped) ? shipped : inBuildCache());
  }

  /// Where the library lies, unchecked.
  public Path file() {
    return file;
  }

  /// Loads the untouched library.
  public NativeTdJson load() {
    try {
      requirePinned(hash(OutputStream.nullOutputStream()));
    } catch (IOException e) {
      throw new UncheckedIOException("TDLib cannot be read at " + file, e);
    }
    return NativeTdJson.load(file);
  }

  /// Loads a private copy that trusts the sandbox's key in place of Telegram's test key.
  ///
  /// The copy lives in `directory` (0700) only until it is loaded, so it is never shipped or found
  /// later.
  public NativeTdJson loadForSandbox(String publicKeyPem, Path directory) {
    try {
      var copy =
          Files.createTempFile(
              directory,
              "libtdjson-sandbox",
              ".so",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      try {
        try (var out = Files.newOutputStream(copy)) {
          requirePinned(hash(out));
        }
        TestKey.replace(copy, publicKeyPem);
        return NativeTdJson.load(copy);
      } finally {
        Files.delete(copy);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("no private copy of TDLib in " + directory, e);
    }
  }

  public static String pinnedSha256() {
    try (var resource = TdLibrary.class.getResourceAsStream("libtdjson.sha256")) {
      if (resource == null) throw new IllegalStateException("libtdjson.sha256 is missing");
      return new String(resource.readAllBytes(), StandardCharsets.US_ASCII).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path inBuildCache() {
    var cache = Path.of(System.getProperty("user.home"), ".cache", "propusk", "tdlib");
    return cache.resolve(pinnedSha256()).resolve("libtdjson.so");
  }

  private static Path ourJar() {
    try {
      return Path.of(TdLibrary.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Reads the library once, in small pieces: it is far larger than all that we keep in memory.
  ///
  /// @return the SHA-256 of what went to `copy`
  private byte[] hash(OutputStream copy) throws IOException {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      try (var in = new DigestInputStream(Files.newInputStream(file), digest)) {
        in.transferTo(copy);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private void requirePinned(byte[] sha256) {
    var found = HexFormat.of().formatHex(sha256);
    if (!found.equals(pinnedSha256())) {
      throw new IllegalStateException(file + " is not the pinned TDLib: its SHA-256 is " + found);
    }
  }
}
