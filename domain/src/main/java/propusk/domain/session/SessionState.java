package propusk.domain.session;

import java.util.Locale;

/// What became of a saved Telegram session.
public enum SessionState {
  LIVE,
  /// To be logged out at Telegram by the next worker, then [#ENDED].
  LOG_OUT_PENDING,
  /// Ended in Telegram by its owner, or by Telegram.
  REVOKED,
  DEACTIVATED,
  /// Telegram saw it in two places: kept for the operator, never opened again.
  DUPLICATED,
  /// Does not open; kept for the operator.
  DAMAGED,
  /// Using it ended its worker again and again: kept for the operator, never opened again.
  QUARANTINED,
  ENDED;

  /// The name in rows and texts, such as `log_out_pending`.
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// @throws IllegalArgumentException when there is no such state
  public static SessionState of(String column) {
    return valueOf(column.toUpperCase(Locale.ROOT));
  }

  /// Whether the sealed files are of any more use.
  boolean keepsFiles() {
    return switch (this) {
      case LIVE, LOG_OUT_PENDING, DUPLICATED, DAMAGED, QUARANTINED -> true;
      case REVOKED, DEACTIVATED, ENDED -> false;
    };
  }
}
