package propusk.mtproto.login;

import java.util.Optional;
import propusk.domain.account.Language;
import propusk.domain.account.PhoneNumber;
import propusk.domain.account.TelegramProfile;
import propusk.domain.account.TelegramUserId;
import propusk.mtproto.client.TdAnswer;

/// Who is authorized in a client, in our words.
record TelegramUser(TdAnswer.User user) {

  TelegramProfile profile() {
    var usernames = Optional.ofNullable(user.usernames());
    return new TelegramProfile(
        new TelegramUserId(user.id()),
        Optional.ofNullable(user.firstName()).orElse(""),
        Optional.ofNullable(user.lastName()).filter(name -> !name.isEmpty()),
        usernames.map(TdAnswer.Usernames::editableUsername).filter(name -> !name.isEmpty()),
        Optional.ofNullable(user.languageCode()).filter(code -> !code.isEmpty()).map(Language::of));
  }

  /// Telegram writes it without the plus sign; some numbers are none of E.164's.
  Optional<PhoneNumber> phone() {
    return Optional.ofNullable(user.phoneNumber()).flatMap(TelegramUser::phone);
  }

  private static Optional<PhoneNumber> phone(String digits) {
    try {
      return Optional.of(new PhoneNumber(digits.startsWith("+") ? digits : "+" + digits));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
