package propusk.sandbox.dc;

/// Where a data centre listens, on loopback only.
///
/// @param dcId 1 to 5, as Telegram numbers them
/// @param port the TCP port; 0 takes a free one
public record DataCentreConfig(int dcId, int port) {
  /// Where clients are that name no data centre.
  public static final int USUAL_DC = 2;

  /// On a free port.
  public static DataCentreConfig onFreePort() {
    return new DataCentreConfig(USUAL_DC, 0);
  }
}
