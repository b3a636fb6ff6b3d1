package propusk.domain.group;

import java.time.Instant;
import java.util.Optional;

/// A group that a bot of ours is in or was in.
///
/// @param joined people seen to join while the bot was there
/// @param gone people seen to leave
/// @param migratedTo the supergroup that it has become
public record ChatGroup(
    long botId,
    GroupChat chat,
    Standing standing,
    int joined,
    int gone,
    Optional<Long> migratedTo,
    Instant firstSeen,
    Instant changedAt) {}
