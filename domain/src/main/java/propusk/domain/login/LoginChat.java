package propusk.domain.login;

/// The chat that asked for a login and is told how it ends.
///
/// @param botId the bot whose button opens it, and whose token signs its init data
public record LoginChat(long botId, long chatId) {}
