package propusk.domain.signin;

import java.util.Optional;
import java.util.regex.Pattern;

/// A place on this site to go on to: a path, perhaps with a query, and nothing that any browser
/// would read as another host.
public record LocalPath(String value) {
  private static final int LONGEST = 512;

  /// No `//`, no backslash, no control character, no `.` segment, not even percent-encoded.
  private static final Pattern FORM =
      Pattern.compile(
          """
          (/(?!\\.{1,2}(?:[/?]|$))(?:[A-Za-z0-9._~-]|%(?![01]|2[EFef]|5[Cc]|7[Ff])[0-9A-Fa-f]{2})+)*
          /?(\\?(?:[A-Za-z0-9._~&=+-]|%(?![01]|7[Ff])[0-9A-Fa-f]{2})*)?\
          """,
          Pattern.COMMENTS);

  public LocalPath {
    if (!isLocal(value)) {
      throw new IllegalArgumentException("not a path of this site");
    }
  }

  /// Empty when the text is not a path of this site.
  public static Optional<LocalPath> parse(String text) {
    return isLocal(text) ? Optional.of(new LocalPath(text)) : Optional.empty();
  }

  private static boolean isLocal(String text) {
    return text.startsWith("/") && text.length() <= LONGEST && FORM.matcher(text).matches();
  }
}
