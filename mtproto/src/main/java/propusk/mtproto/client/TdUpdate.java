package propusk.mtproto.client;

/// What a client is told without asking, as far as we listen.
public sealed interface TdUpdate {
  record Authorization(AuthorizationState state) implements TdUpdate {}

  /// @param ready whether TDLib has reached Telegram and caught up with it
  record Connection(boolean ready) implements TdUpdate {}
}
