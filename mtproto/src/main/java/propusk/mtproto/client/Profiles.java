package propusk.mtproto.client;

import java.util.Optional;
import propusk.domain.account.Language;
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
}
