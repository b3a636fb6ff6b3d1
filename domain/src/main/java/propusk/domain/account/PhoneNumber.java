package propusk.domain.account;

/// A phone number as [E.164](https://www.itu.int/rec/T-REC-E.164) writes it, such as
/// `+79123456789`. Its `toString` says nothing: numbers belong in no log.
public record PhoneNumber(String e164) {
  private static final int SHOWN = 4;

  public PhoneNumber {
    if (!e164.matches("\\+[1-9]\\d{6,14}")) {
      throw new IllegalArgumentException("not a phone number in E.164");
    }
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
