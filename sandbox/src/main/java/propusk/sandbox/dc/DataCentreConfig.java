package propusk.sandbox.dc;

/// Where a data centre listens, on loopback only.
///
/// @param dcId 1 to 5, as Telegram numbers them
/// @param port the TCP port; 0 takes a free one
public record DataCentreConfig(int dcId, int port) {

  /// Data centre 2, the one clients try first, on a free port.
  public static DataCentreConfig onFreePort() {
    return new DataCentreConfig(2, 0);
  }
}
