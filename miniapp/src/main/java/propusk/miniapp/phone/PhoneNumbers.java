package propusk.miniapp.phone;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber;
import java.util.Locale;
import java.util.Optional;
import propusk.domain.account.Language;
import propusk.domain.account.PhoneNumber;

/// Reads phone numbers as people write them and writes them as people read them, by
/// [libphonenumber](https://github.com/google/libphonenumber). Safe for use by many threads.
///
/// Only the length is judged: which numbers of that length exist is Telegram's to know, and its
/// anonymous numbers (+888) are in no numbering plan.
public final class PhoneNumbers {
  private static final int MAX_TEXT = 40;

  private final PhoneNumberUtil util = PhoneNumberUtil.getInstance();

  /// @param country an ISO 3166 code such as `RU`, for numbers typed without one of their own
  public PhoneInput parse(String text, String country) {
    if (text.length() > MAX_TEXT || text.chars().anyMatch(Character::isLetter)) {
      return new PhoneInput.Invalid();
    }
    var e164 = text.replaceAll("[\\s().\\u2010-\\u2015\\u00a0-]", "");
    if (e164.matches("\\+888\\d{4,10}")) {
      return new PhoneInput.Parsed(new PhoneNumber(e164));
    }
    try {
      var parsed = util.parse(text, country.toUpperCase(Locale.ROOT));
      return judge(parsed);
    } catch (NumberParseException e) {
      return switch (e.getErrorType()) {
        case TOO_SHORT_NSN, TOO_SHORT_AFTER_IDD, NOT_A_NUMBER ->
            digits(text) < 7 ? new PhoneInput.TooShort() : new PhoneInput.Invalid();
        case INVALID_COUNTRY_CODE, TOO_LONG -> new PhoneInput.Invalid();
      };
    }
  }

  /// As people write it, such as `+7 912 345-67-89`.
  public String format(PhoneNumber number) {
    try {
      return util.format(util.parse(number.e164(), null), PhoneNumberFormat.INTERNATIONAL);
    } catch (NumberParseException e) {
      return number.e164();
    }
  }

  /// The same with all but the country, what follows it, and the last four digits dotted out, such
  /// as `+7 912 ···-67-89`.
  public String masked(PhoneNumber number) {
    var text = format(number);
    int digits = digits(text);
    int shownFirst = Math.clamp(digits - 7, 1, 4);
    var masked = new StringBuilder();
    int seen = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Character.isDigit(c)) {
        masked.append(c);
        continue;
      }
      seen++;
      masked.append(seen <= shownFirst || seen > digits - 4 ? c : '·');
    }
    return masked.toString();
  }

  /// The country that numbers without a code are taken for.
  public static String country(Language language, Optional<String> chosen) {
    return chosen
        .filter(code -> code.matches("[A-Za-z]{2}"))
        .orElse(language == Language.RU ? "RU" : "ZZ");
  }

  private PhoneInput judge(Phonenumber.PhoneNumber parsed) {
    ValidationResult result = util.isPossibleNumberWithReason(parsed);
    return switch (result) {
      case IS_POSSIBLE ->
          new PhoneInput.Parsed(new PhoneNumber(util.format(parsed, PhoneNumberFormat.E164)));
      case TOO_SHORT, IS_POSSIBLE_LOCAL_ONLY -> new PhoneInput.TooShort();
      case TOO_LONG, INVALID_COUNTRY_CODE, INVALID_LENGTH -> new PhoneInput.Invalid();
    };
  }

  private static int digits(String text) {
    return (int) text.chars().filter(Character::isDigit).count();
  }
}
