package propusk.domain.group;

/// What an update tells of a group.
public sealed interface GroupNews {

  /// Our bot came, was made an administrator, left or was removed.
  record BotStands(Standing standing) implements GroupNews {}

  /// It was given the title that it now has.
  record Renamed() implements GroupNews {}

  /// People came or went.
  record Members(int joined, int gone) implements GroupNews {}

  /// The group has become this supergroup: told in both, in any order.
  record BecameSupergroup(long chatId) implements GroupNews {}

  /// The same, told in the supergroup.
  record WasGroup(long chatId) implements GroupNews {}

  /// Nothing, but that it is there.
  record Seen() implements GroupNews {}
}
