package propusk.app.config;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import propusk.domain.seal.Secret;

/// The pages: their public address and who may frame or call them.
///
/// @param port where we listen, on loopback when a proxy stands before us, on all addresses
///   otherwise
/// @param frameAncestors hosts besides Telegram's own that may frame the Mini App
public record MiniAppConfig(
    URI baseUrl,
    int port,
    List<String> trustedProxies,
    List<String> frameAncestors,
    List<String> allowedOrigins,
    boolean passwordPages,
    Optional<Secret> cronSecret) {}
