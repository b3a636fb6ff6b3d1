package propusk.sandbox.dc.message;

import propusk.sandbox.dc.handshake.AuthKey;

/// Whoever understands what clients ask: the methods of Telegram's API.
public interface Requests {

  /// Takes a request. Its answer goes to [ClientSession#answer], now or later.
  ///
  /// @param call the method's id and parameters
  void request(ClientSession session, long messageId, byte[] call);

  /// The client gave its key up.
  void keyDestroyed(AuthKey key);
}
