package propusk.app.config;

import java.nio.file.Path;
import java.util.Optional;
import propusk.domain.seal.Secret;

/// How TDLib presents itself, and where it keeps a login in progress.
///
/// @param sandbox only in the demo and in tests: a data centre of our own instead of Telegram's
public record MtprotoConfig(
    int apiId, Secret apiHash, Path stateDirectory, Optional<SandboxDataCentre> sandbox) {

  /// An MTProxy on loopback before the sandbox's data centre, and that centre's public key.
  public record SandboxDataCentre(String host, int port, Secret proxySecret, String publicKeyPem) {}
}
