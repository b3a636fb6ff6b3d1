package propusk.domain.organization;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// An organization's name in addresses: 2 to 40 small Latin letters, digits and inner hyphens.
public record Slug(String value) {
  private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,38}[a-z0-9]");

  public Slug {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "a slug is 2 to 40 small Latin letters, digits and inner hyphens");
    }
  }

  /// Empty when the text cannot be one.
  public static Optional<Slug> parse(String text) {
    var lower = text.strip().toLowerCase(Locale.ROOT);
    return FORM.matcher(lower).matches() ? Optional.of(new Slug(lower)) : Optional.empty();
  }
}
