package propusk.mtproto.client;

/// What wakes the thread that runs a client.
public sealed interface Signal {
  record Told(TdUpdate update) implements Signal {}

  /// A request that nobody waits for was refused.
  record Refused(TdError error) implements Signal {}

  /// A hint: re-read the row.
  record RowChanged() implements Signal {}
}
