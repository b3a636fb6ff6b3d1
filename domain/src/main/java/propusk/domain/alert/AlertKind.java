package propusk.domain.alert;

import java.util.Locale;

/// What an operator is told of. The subject of a session's alert is its id.
public enum AlertKind {
  /// Its owner, or Telegram, ended a saved session: nothing to do.
  SESSION_REVOKED,
  SESSION_DEACTIVATED,
  /// A saved session was used from two places: somebody may have a copy.
  SESSION_DUPLICATED,
  /// A saved session does not open.
  SESSION_DAMAGED,
  /// Using a saved session ended its worker again and again.
  SESSION_QUARANTINED,
  /// Telegram does not take our api_id: nobody can connect.
  API_REJECTED,
  /// A login broke off on our side.
  RUN_BROKEN,
  /// Somebody else who has a bot's token took its webhook away, led it elsewhere or erased its
  /// secret; it was set again. The subject is the bot's id.
  WEBHOOK_CHANGED,
  /// Telegram cannot bring a bot's updates, or does not take its webhook.
  WEBHOOK_FAILING;

  /// The name in rows and texts, such as `session_revoked`.
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  static AlertKind of(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
