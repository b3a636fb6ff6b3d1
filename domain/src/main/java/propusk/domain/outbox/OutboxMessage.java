package propusk.domain.outbox;

/// A message ready to be sent.
///
/// @param request what to ask of the Bot API, in the bot module's own form
public record OutboxMessage(long botId, long chatId, Priority priority, String request) {

  /// Without the request: it holds people's words.
  @Override
  public String toString() {
    return "OutboxMessage[" + botId + ", " + priority + "]";
  }
}
