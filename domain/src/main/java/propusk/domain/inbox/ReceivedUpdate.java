package propusk.domain.inbox;

/// An update as Telegram handed it over.
///
/// @param updateId Telegram's number for it, unique for a bot
/// @param chatId what keeps order: the chat, else the person, else the update's own number
/// @param json the update itself, nothing left out
public record ReceivedUpdate(long updateId, long chatId, String json) {

  /// The number only: an update holds people's words.
  @Override
  public String toString() {
    return "ReceivedUpdate[" + updateId + "]";
  }
}
