package propusk.domain.signin;

import java.util.ArrayList;
import java.util.List;
import propusk.domain.seal.Tokens;

/// The number on a page, and the three of which the person picks it.
///
/// @param number 10 to 99
/// @param choices in the order of the chat's buttons
record NumberMatch(int number, List<Integer> choices) {
  private static final int SMALLEST = 10;
  private static final int NUMBERS = 90;
  private static final int CHOICES = 3;

  static NumberMatch random(Tokens tokens) {
    var choices = new ArrayList<Integer>();
    while (choices.size() < CHOICES) {
      int drawn = SMALLEST + below(NUMBERS, tokens);
      if (!choices.contains(drawn)) {
        choices.add(drawn);
      }
    }
    return new NumberMatch(choices.get(below(CHOICES, tokens)), List.copyOf(choices));
  }

  /// Every value as likely as any other: bytes beyond the last whole multiple are drawn again.
  private static int below(int bound, Tokens tokens) {
    int drawn;
    do {
      drawn = tokens.bytes(1)[0] & 0xff;
    } while (drawn >= 256 / bound * bound);
    return drawn % bound;
  }
}
