package propusk.mtproto.client;

/// Which Telegram we talk to. The transport is the only difference: everything above it is the same
/// code.
public sealed interface TelegramServers {
  /// Telegram itself, with the untouched library.
  record Production() implements TelegramServers {}

  /// A sandbox on this machine, reached through its MTProxy as a test data centre that has a key of
  /// its own.
  ///
  /// @param proxySecret 16 bytes in hexadecimal
  /// @param publicKeyPem the server's RSA-2048 key, PKCS#1 in PEM
  record Sandbox(String host, int port, String proxySecret, String publicKeyPem)
      implements TelegramServers {}
}
