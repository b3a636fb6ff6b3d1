package propusk.domain.account;

/// A Telegram account's own id: the identity of a person here.
public record TelegramUserId(long value) {
  public TelegramUserId {
    if (value <= 0) {
      throw new IllegalArgumentException("a Telegram user id is positive");
    }
  }
}
