package propusk.sandbox.dc.handshake;

/// What a client says about itself when it connects: the parameters of `invokeWithLayer` and
/// `initConnection`.
///
/// See <https://core.telegram.org/api/invoking>.
public record ClientInfo(
    int layer,
    int apiId,
    String deviceModel,
    String systemVersion,
    String appVersion,
    String language) {

  /// Before the client said anything: the newest layer that the data centre speaks.
  public static final ClientInfo UNKNOWN = new ClientInfo(229, 0, "", "", "", "");

  public ClientInfo withLayer(int announced) {
    return new ClientInfo(announced, apiId, deviceModel, systemVersion, appVersion, language);
  }
}
