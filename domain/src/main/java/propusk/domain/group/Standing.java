package propusk.domain.group;

import java.util.Locale;

/// What a bot is in a group.
public enum Standing {
  MEMBER,
  ADMINISTRATOR,
  LEFT,
  /// Removed, and not to come back by itself; or the group was deleted.
  KICKED;

  /// The name in rows, such as `administrator`.
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Standing of(String column) {
    return valueOf(column.toUpperCase(Locale.ROOT));
  }
}
