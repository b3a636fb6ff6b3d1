package propusk.domain.group;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import propusk.domain.time.Times;

/// The groups that our bots are in, kept up to date from updates. Every call runs in the
/// transaction that handles its update, so each is counted once.
public final class ChatGroups {
  private final InstantSource clock;

  public ChatGroups(InstantSource clock) {
    this.clock = clock;
  }

  /// Writes down what an update told. A group that we see for the first time is one we are in.
  public void note(Handle handle, long botId, GroupChat chat, GroupNews news) {
    switch (news) {
      case GroupNews.BotStands(var standing) -> stand(handle, botId, chat, standing);
      case GroupNews.Renamed() -> see(handle, botId, chat);
      case GroupNews.Seen() -> see(handle, botId, chat);
      case GroupNews.Members(int joined, int gone) -> {
        see(handle, botId, chat);
        count(handle, botId, chat.chatId(), joined, gone);
      }
      case GroupNews.BecameSupergroup(long supergroup) -> {
        see(handle, botId, chat);
        move(handle, botId, chat.chatId(), new GroupChat(supergroup, "supergroup", chat.title()));
      }
      case GroupNews.WasGroup(long group) -> move(handle, botId, group, chat);
    }
  }

  /// Those that a bot is in first, then by title.
  public List<ChatGroup> list(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT * FROM chat_group
            ORDER BY standing IN ('left', 'kicked'), lower(title), bot_id, chat_id
            """)
        .map(ChatGroups::group)
        .list();
  }

  /// Deletes the groups that a bot left, or that became supergroups, before this moment.
  public int forget(Handle handle, Instant before) {
    return handle
        .createUpdate(
            """
            DELETE FROM chat_group WHERE standing IN ('left', 'kicked') AND changed_at < :before
            """)
        .bind("before", Times.column(before))
        .execute();
  }

  private void see(Handle handle, long botId, GroupChat chat) {
    upsert(handle, botId, chat, Standing.MEMBER, false);
  }

  private void stand(Handle handle, long botId, GroupChat chat, Standing standing) {
    upsert(handle, botId, chat, standing, true);
  }

  /// @param stands whether the standing is news, also where the group is known
  private void upsert(
      Handle handle, long botId, GroupChat chat, Standing standing, boolean stands) {
    handle
        .createUpdate(
            """
            INSERT INTO chat_group (bot_id, chat_id, type, title, standing, first_seen, changed_at)
            VALUES (:bot, :chat, :type, :title, :standing, :now, :now)
            ON CONFLICT (bot_id, chat_id) DO UPDATE SET
              type = excluded.type, title = excluded.title,
              standing = CASE WHEN :stands THEN excluded.standing ELSE chat_group.standing END,
              changed_at = :now
            WHERE (chat_group.type, chat_group.title) IS DISTINCT FROM (excluded.type, excluded.title)
              OR :stands AND chat_group.standing <> excluded.standing
            """)
        .bind("bot", botId)
        .bind("chat", chat.chatId())
        .bind("type", chat.type())
        .bind("title", chat.title())
        .bind("standing", standing.code())
        .bind("stands", stands)
        .bind("now", Times.column(clock.instant()))
        .execute();
  }

  /// What is told of a group after its move, because chats are handled side by side, counts in the
  /// supergroup. The caller holds the group's row.
  private void count(Handle handle, long botId, long chatId, int joined, int gone) {
    handle
        .createUpdate(
            """
            UPDATE chat_group SET joined = joined + :joined, gone = gone + :gone, changed_at = :now
            WHERE bot_id = :bot AND chat_id = coalesce(
              (SELECT migrated_to FROM chat_group WHERE bot_id = :bot AND chat_id = :chat), :chat)
            """)
        .bind("joined", joined)
        .bind("gone", gone)
        .bind("now", Times.column(clock.instant()))
        .bind("bot", botId)
        .bind("chat", chatId)
        .execute();
  }

  /// The old group's counts go on in the supergroup, once: both chats tell of it, in any order. The
  /// group's row is locked before the supergroup's, as everywhere here.
  private void move(Handle handle, long botId, long group, GroupChat supergroup) {
    handle
        .createQuery(
            "SELECT chat_id FROM chat_group WHERE bot_id = :bot AND chat_id = :group FOR UPDATE")
        .bind("bot", botId)
        .bind("group", group)
        .mapTo(Long.class)
        .findOne();
    see(handle, botId, supergroup);
    handle
        .createUpdate(
            """
            WITH old AS (
              SELECT bot_id, chat_id, joined, gone, first_seen FROM chat_group
              WHERE bot_id = :bot AND chat_id = :group AND migrated_to IS NULL FOR UPDATE),
            moved AS (
              UPDATE chat_group g SET migrated_to = :supergroup, standing = 'left', changed_at = :now
              FROM old WHERE g.bot_id = old.bot_id AND g.chat_id = old.chat_id)
            UPDATE chat_group g SET joined = g.joined + old.joined, gone = g.gone + old.gone,
              first_seen = least(g.first_seen, old.first_seen), changed_at = :now
            FROM old WHERE g.bot_id = :bot AND g.chat_id = :supergroup
            """)
        .bind("bot", botId)
        .bind("group", group)
        .bind("supergroup", supergroup.chatId())
        .bind("now", Times.column(clock.instant()))
        .execute();
  }

  private static ChatGroup group(ResultSet row, StatementContext context) throws SQLException {
    return new ChatGroup(
        row.getLong("bot_id"),
        new GroupChat(row.getLong("chat_id"), row.getString("type"), row.getString("title")),
        Standing.of(row.getString("standing")),
        row.getInt("joined"),
        row.getInt("gone"),
        Optional.ofNullable(row.getObject("migrated_to", Long.class)),
        Times.get(row, "first_seen"),
        Times.get(row, "changed_at"));
  }
}
