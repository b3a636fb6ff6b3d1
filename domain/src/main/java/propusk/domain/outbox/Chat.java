package propusk.domain.outbox;

/// Where a bot and a person write to each other.
public record Chat(long botId, long chatId) {}
