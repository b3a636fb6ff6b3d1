package propusk.domain.deletion;

import propusk.domain.account.Language;

/// What the last message to a person depends on, carried in the message's own row because no other
/// is left.
///
/// @param leftover a session could not be logged out: the person should look at their devices
public record HowDeleted(Language language, boolean leftover) {
  private static final String LEFTOVER = "+leftover";

  public String text() {
    return language.code() + (leftover ? LEFTOVER : "");
  }

  public static HowDeleted parse(String text) {
    boolean leftover = text.endsWith(LEFTOVER);
    var code = leftover ? text.substring(0, text.length() - LEFTOVER.length()) : text;
    return new HowDeleted(Language.of(code), leftover);
  }
}
