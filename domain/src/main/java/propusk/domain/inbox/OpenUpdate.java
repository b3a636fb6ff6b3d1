package propusk.domain.inbox;

import java.util.Optional;

/// An update taken from the inbox, locked by the transaction that took it.
///
/// @param attempts how often it failed before
/// @param json the update as Telegram sent it; empty when its seal does not open
public record OpenUpdate(
    long botId, long updateId, long chatId, int attempts, Optional<String> json) {

  /// The numbers only: an update holds people's words.
  @Override
  public String toString() {
    return "OpenUpdate[" + botId + "/" + updateId + "]";
  }
}
