package propusk.sandbox.world;

/// What Telegram thinks of an account.
public enum Standing {
  GOOD,
  /// Its owner deleted it: `USER_DEACTIVATED`, and the number belongs to nobody.
  DELETED,
  /// Telegram banned it: `USER_DEACTIVATED_BAN`, `PHONE_NUMBER_BANNED`.
  BANNED
}
