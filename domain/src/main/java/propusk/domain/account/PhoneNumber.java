package propusk.domain.account;

import java.util.Optional;
import java.util.regex.Pattern;

/// A phone number as [E.164](https://www.itu.int/rec/T-REC-E.164) writes it, such as
/// `+79123456789`. Its `toString` says nothing: numbers belong in no log.
public record PhoneNumber(String e164) {
  private static final Pattern FORM = Pattern.compile("\\+[1-9]\\d{6,14}");
  private static final int SHOWN = 4;

  public PhoneNumber {
    if (!FORM.matcher(e164).matches()) {
      throw new IllegalArgumentException("not a phone number in E.164");
    }
  }

  /// A number as Telegram writes it in a contact: digits, with or without the plus. Empty when it
  /// is none.
  public static Optional<PhoneNumber> ofContact(String text) {
    var e164 = "+" + text.replaceAll("[^0-9]", "");
    return FORM.matcher(e164).matches() ? Optional.of(new PhoneNumber(e164)) : Optional.empty();
  }

  /// What may be shown to somebody who is not proven: the last digits, such as `··· 67-89`.
  public String masked() {
    var last = e164.substring(e164.length() - SHOWN);
    return "··· " + last.substring(0, 2) + "-" + last.substring(2);
  }

  @Override
  public String toString() {
    return "PhoneNumber[…]";
  }
}
