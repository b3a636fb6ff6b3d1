package propusk.sandbox.botapi;

/// What is true of a chat besides its messages.
///
/// @param lastMessageId ids count up in each chat and are never given twice
/// @param blocked the person blocked the bot
/// @param keyboardMessageId the message whose reply keyboard is shown, or 0
/// @param readMessageId the last message the person has seen
public record ChatState(
    long botId,
    long personId,
    long lastMessageId,
    boolean blocked,
    long keyboardMessageId,
    long readMessageId) {
  static ChatState fresh(long botId, long personId) {
    return new ChatState(botId, personId, 0, false, 0, 0);
  }

  ChatState counted() {
    return new ChatState(
        botId, personId, lastMessageId + 1, blocked, keyboardMessageId, readMessageId);
  }

  ChatState blocked(boolean value) {
    return new ChatState(botId, personId, lastMessageId, value, keyboardMessageId, readMessageId);
  }

  ChatState keyboard(long messageId) {
    return new ChatState(botId, personId, lastMessageId, blocked, messageId, readMessageId);
  }

  ChatState read(long messageId) {
    return new ChatState(
        botId,
        personId,
        lastMessageId,
        blocked,
        keyboardMessageId,
        Math.max(readMessageId, messageId));
  }
}
