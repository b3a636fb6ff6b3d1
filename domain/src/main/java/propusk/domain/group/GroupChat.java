package propusk.domain.group;

/// A group, supergroup or channel as an update names it.
///
/// @param type `group`, `supergroup` or `channel`
public record GroupChat(long chatId, String type, String title) {}
