package propusk.mtproto.client;

/// What wakes the thread that runs a client.
public sealed interface Signal {
  record Told(TdUpdate update) implements Signal {}

  /// A hint: re-read the row.
  record RowChanged() implements Signal {}
}
