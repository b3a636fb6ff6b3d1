package propusk.domain.account;

import java.util.Optional;

/// A person with a Telegram account.
public record Account(
    AccountId id,
    TelegramUserId telegramId,
    String firstName,
    Optional<String> lastName,
    Optional<String> username,
    Language language) {

  /// First and last name as Telegram shows them.
  public String fullName() {
    return lastName.map(last -> firstName + " " + last).orElse(firstName);
  }
}
