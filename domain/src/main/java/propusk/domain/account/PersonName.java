package propusk.domain.account;

import java.util.Optional;

/// What people call themselves, as we keep and show it. Telegram lets them choose nearly anything:
/// letters that nobody sees, marks that turn the text around them, and whoever brings a name in
/// Telegram's stead may add control characters.
public final class PersonName {
  /// As many as Telegram takes.
  private static final int MOST = 64;

  /// Letters and signs that look like nothing.
  private static final String BLANK = "\u115F\u1160\u2800\u3164\uFFA0";

  /// They join what belongs together, in emoji and some scripts.
  private static final String JOINERS = "\u200C\u200D";

  private PersonName() {}

  /// On one line and without what is not to be seen; empty where nothing is.
  public static Optional<String> shown(String name) {
    var kept = new StringBuilder();
    name.codePoints()
        .map(each -> isSpace(each) ? ' ' : each)
        .filter(PersonName::isShown)
        .limit(MOST)
        .forEach(kept::appendCodePoint);
    var neat = kept.toString().strip().replaceAll(" +", " ");
    return Optional.of(neat).filter(PersonName::isSeen);
  }

  private static boolean isSpace(int letter) {
    return Character.isWhitespace(letter)
        || Character.isSpaceChar(letter)
        || BLANK.indexOf(letter) >= 0;
  }

  private static boolean isShown(int letter) {
    return switch (Character.getType(letter)) {
      case Character.CONTROL, Character.SURROGATE -> false;
      case Character.FORMAT -> JOINERS.indexOf(letter) >= 0 || isTag(letter);
      default -> true;
    };
  }

  /// Some flags are spelled with them.
  private static boolean isTag(int letter) {
    return letter >= 0xE0020 && letter <= 0xE007F;
  }

  private static boolean isSeen(String name) {
    return name.codePoints()
        .anyMatch(letter ->
            switch (Character.getType(letter)) {
              case Character.FORMAT,
                  Character.NON_SPACING_MARK,
                  Character.ENCLOSING_MARK,
                  Character.SPACE_SEPARATOR ->
                  false;
              default -> true;
            });
  }
}
