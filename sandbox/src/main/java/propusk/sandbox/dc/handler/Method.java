package propusk.sandbox.dc.handler;

import propusk.sandbox.dc.handshake.AuthKey;
import propusk.sandbox.dc.message.ClientSession;
import propusk.sandbox.dc.schema.TlObject;

/// What one method of Telegram's API does.
@FunctionalInterface
interface Method {

  /// Works a call out.
  ///
  /// @return a `TlObject`, a `Boolean`, or a `List` of objects
  Object answer(Asker asker, TlObject call) throws RpcException;

  /// Who calls.
  ///
  /// @param session the run of the client that calls
  /// @param key its permanent key, as it is now
  record Asker(ClientSession session, AuthKey key) {}
}
