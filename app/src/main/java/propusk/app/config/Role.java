package propusk.app.config;

import java.util.Locale;

/// What a process of this program does, and so which settings it needs.
public enum Role {
  WEB,
  WORKER,
  MIGRATE,
  /// Commands that work on the database of a running service.
  OPERATOR;

  /// As typed on the command line.
  public String command() {
    return name().toLowerCase(Locale.ROOT);
  }
}
