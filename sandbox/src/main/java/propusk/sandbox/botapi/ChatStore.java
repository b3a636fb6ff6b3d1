package propusk.sandbox.botapi;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import propusk.sandbox.world.Shelf;
import propusk.sandbox.world.World;

/// The chats between people and bots, in the world's file: one shelf of messages for each chat.
public final class ChatStore {
  private final World world;
  private final Shelf<String, ChatState> states;

  public ChatStore(World world) {
    this.world = world;
    this.states = world.shelf("chat_state", String.class, ChatState.class);
  }

  /// Empty until the person wrote to the bot for the first time.
  public Optional<ChatState> state(long botId, long personId) {
    return states.find(key(botId, personId));
  }

  /// The chat's messages, oldest first.
  public List<ChatMessage> messages(long botId, long personId) {
    return messagesOf(botId, personId).all();
  }

  Optional<ChatMessage> find(long botId, long personId, long messageId) {
    return messagesOf(botId, personId).find(messageId);
  }

  /// The id of the next message; opens the chat if it is new.
  synchronized long nextMessageId(long botId, long personId) {
    var key = key(botId, personId);
    var next = states.find(key).orElseGet(() -> ChatState.fresh(botId, personId)).counted();
    states.put(key, next);
    return next.lastMessageId();
  }

  synchronized ChatState change(long botId, long personId, UnaryOperator<ChatState> change) {
    var key = key(botId, personId);
    var next = change.apply(states.find(key).orElseGet(() -> ChatState.fresh(botId, personId)));
    states.put(key, next);
    return next;
  }

  void put(ChatMessage message) {
    messagesOf(message.botId(), message.personId()).put(message.messageId(), message);
  }

  void remove(ChatMessage message) {
    messagesOf(message.botId(), message.personId()).remove(message.messageId());
  }

  private Shelf<Long, ChatMessage> messagesOf(long botId, long personId) {
    return world.shelf("chat/" + key(botId, personId), Long.class, ChatMessage.class);
  }

  private static String key(long botId, long personId) {
    return botId + "/" + personId;
  }
}
