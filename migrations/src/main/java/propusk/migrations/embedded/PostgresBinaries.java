package propusk.migrations.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.tukaani.xz.XZInputStream;

/// The PostgreSQL programs, unpacked once per version into a cache directory named by their
/// content.
final class PostgresBinaries {
  private static final String ARCHIVE = "/postgres-linux-x86_64.txz";

  private PostgresBinaries() {}

  /// Unpacks if needed; returns the directory that holds `bin/postgres`.
  static Path unpack(Path cache) {
    try {
      var home = cache.resolve("postgres-" + contentHash());
      if (!Files.isDirectory(home)) {
        Files.createDirectories(cache);
        unpackTo(home);
      }
      return home;
    } catch (IOException e) {
      throw new UncheckedIOException("Could not unpack PostgreSQL into " + cache, e);
    }
  }

  /// Into a directory of our own first: two processes may do this at once, and either's result is
  /// good.
  private static void unpackTo(Path home) throws IOException {
    var mine = Files.createTempDirectory(home.getParent(), ".postgres-");
    Files.setPosixFilePermissions(mine, PosixFilePermissions.fromString("rwxr-xr-x"));
    try (var tar = new XZInputStream(archive())) {
      Shell.run(List.of("tar", "-x", "--no-same-owner", "-C", mine.toString()), tar);
    }
    try {
      Files.move(mine, home, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      Shell.run(List.of("rm", "-rf", mine.toString()));
      if (!Files.isDirectory(home)) {
        throw e;
      }
    }
  }

  private static String contentHash() throws IOException {
    try (var in = new DigestInputStream(archive(), MessageDigest.getInstance("SHA-256"))) {
      in.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(in.getMessageDigest().digest()).substring(0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static InputStream archive() {
    var archive = PostgresBinaries.class.getResourceAsStream(ARCHIVE);
    if (archive == null) {
      throw new IllegalStateException(
          "No embedded PostgreSQL for this platform; set PROPUSK_DATABASE_URL to a PostgreSQL of your own");
    }
    return archive;
  }
}
