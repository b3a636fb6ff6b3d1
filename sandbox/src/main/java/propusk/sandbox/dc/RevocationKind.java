package propusk.sandbox.dc;

/// Why a session stopped working: the text of the error that its client gets.
///
/// See <https://core.telegram.org/api/errors#401-unauthorized>.
public enum RevocationKind {
  /// The person ended it on another device.
  SESSION_REVOKED(401),
  /// The server forgot its key.
  AUTH_KEY_UNREGISTERED(401),
  /// The account is deleted.
  USER_DEACTIVATED(401),
  /// The account is banned.
  USER_DEACTIVATED_BAN(401),
  /// Its key was used from two places at once: whoever has it is shut out.
  AUTH_KEY_DUPLICATED(406);

  private final int code;

  RevocationKind(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }
}
