package propusk.miniapp.edge;

import java.util.regex.Pattern;

/// A request's path as it may be logged: without its query, and without what could be the secret of
/// a one-time link.
final class LoggedPath {
  private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{32,}");

  private LoggedPath() {}

  static String of(String path) {
    return SECRET.matcher(path).replaceAll("…");
  }
}
