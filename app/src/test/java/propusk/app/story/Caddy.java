package propusk.app.story;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// Debian's Caddy with our Caddyfile, on loopback and with a certificate of its own making.
final class Caddy implements AutoCloseable {
  private final Process process;
  private final Path directory;

  private Caddy(Process process, Path directory) {
    this.process = process;
    this.directory = directory;
  }

  /// @param port where the program listens behind it
  static Caddy start(Path directory, URI address, int port) {
    try {
      var file = directory.resolve("Caddyfile");
      // What a machine shared with others needs besides; the rest is ours.
      Files.writeString(
          file,
          """
          {
            admin off
            auto_https disable_redirects
            skip_install_trust
            default_bind 127.0.0.1
          }
          import %s
          """
              .formatted(Path.of("../Caddyfile").toAbsolutePath().normalize()));
      var command =
          new ProcessBuilder("caddy", "run", "--adapter", "caddyfile", "--config", file.toString());
      var environment = command.environment();
      environment.put("HOME", directory.toString());
      environment.put("XDG_DATA_HOME", directory.resolve("data").toString());
      environment.put("XDG_CONFIG_HOME", directory.resolve("config").toString());
      environment.put("PROPUSK_DOMAIN", address.toString());
      environment.put("PROPUSK_PORT", Integer.toString(port));
      var log = directory.resolve("caddy.log").toFile();
      return new Caddy(command.redirectErrorStream(true).redirectOutput(log).start(), directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Trusts what this Caddy's own authority has signed, and nothing else.
  SSLContext trust() {
    var root = directory.resolve("data/caddy/pki/authorities/local/root.crt");
    return Await.value(
        "Caddy's root certificate", () -> Files.exists(root) ? trust(root) : Optional.empty());
  }

  /// Empty while it is being written.
  private static Optional<SSLContext> trust(Path root) {
    try (InputStream in = Files.newInputStream(root)) {
      var keys = KeyStore.getInstance(KeyStore.getDefaultType());
      keys.load(null, null);
      keys.setCertificateEntry(
          "caddy", CertificateFactory.getInstance("X.509").generateCertificate(in));
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(keys);
      var context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return Optional.of(context);
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
