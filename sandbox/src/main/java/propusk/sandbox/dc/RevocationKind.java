package propusk.sandbox.dc;

/// Why a session stopped working: the text of the 401 its client gets.
///
/// See <https://core.telegram.org/api/errors#401-unauthorized>.
public enum RevocationKind {
  /// The person ended it on another device.
  SESSION_REVOKED,
  /// The server forgot its key.
  AUTH_KEY_UNREGISTERED,
  /// The account is deleted.
  USER_DEACTIVATED,
  /// The account is banned.
  USER_DEACTIVATED_BAN
}
