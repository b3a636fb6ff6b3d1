package propusk.mtproto.client;

import java.util.Optional;
import propusk.domain.account.Language;
import propusk.domain.account.PhoneNumber;
import propusk.domain.account.TelegramProfile;
import propusk.domain.account.TelegramUserId;

/// A Telegram user as TDLib tells it, in our words.
public final class Profiles {
  private Profiles() {}

  public static TelegramProfile of(TdAnswer.User user) {
    var usernames = Optional.ofNullable(user.usernames());
    return new TelegramProfile(
        new TelegramUserId(user.id()),
        Optional.ofNullable(user.firstName()).orElse(""),
        Optional.ofNullable(user.lastName()).filter(name -> !name.isEmpty()),
        usernames.map(TdAnswer.Usernames::editableUsername).filter(name -> !name.isEmpty()),
        Optional.ofNullable(user.languageCode()).filter(code -> !code.isEmpty()).map(Language::of));
  }

  /// The number of who is authorized. Telegram writes it without the plus sign, and some are none
  /// of E.164's.
  public static Optional<PhoneNumber> phone(TdAnswer.User user) {
    return Optional.ofNullable(user.phoneNumber()).flatMap(Profiles::e164);
  }

  private static Optional<PhoneNumber> e164(String digits) {
    try {
      return Optional.of(new PhoneNumber(digits.startsWith("+") ? digits : "+" + digits));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
