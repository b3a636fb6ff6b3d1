package propusk.domain.audit;

import propusk.domain.account.TelegramUserId;

/// Who did it.
///
/// @param name `cli`, or `telegram:` and the admin's id
public record Actor(String name) {
  /// Whoever has a shell where the service runs.
  public static final Actor COMMAND_LINE = new Actor("cli");

  public static Actor admin(TelegramUserId id) {
    return new Actor("telegram:" + id.value());
  }
}
