package propusk.domain.bot;

import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/// The right to poll and to send for a bot, held by one process of all: Telegram lets only one
/// poll, and order and pace of sending need one sender. It is an advisory lock on a connection of
/// its own, so it ends with the process at the latest. Should two hold it for a moment (a
/// connection died unnoticed), updates are still stored once and a message may be sent twice.
public final class BotLine implements AutoCloseable {
  /// The first half of the advisory lock's key, so that other locks do not meet ours.
  private static final String TAKE =
      "SELECT pg_try_advisory_lock(hashtextextended('bot-line:' || :bot, 0))";

  private final Handle connection;

  private BotLine(Handle connection) {
    this.connection = connection;
  }

  /// Takes the line of this bot, if no other process has it. Keeps a connection until [#close].
  public static Optional<BotLine> take(Jdbi jdbi, long botId) {
    var connection = jdbi.open();
    try {
      if (connection.createQuery(TAKE).bind("bot", botId).mapTo(Boolean.class).one()) {
        var line = new BotLine(connection);
        connection = null;
        return Optional.of(line);
      }
      return Optional.empty();
    } finally {
      if (connection != null) {
        connection.close();
      }
    }
  }

  /// Whether the connection, and with it the lock, is still there.
  public boolean held() {
    try {
      return connection.createQuery("SELECT true").mapTo(Boolean.class).one();
    } catch (JdbiException e) {
      return false;
    }
  }

  /// Lets another process take the line.
  @Override
  public void close() {
    try (connection) {
      connection.execute("SELECT pg_advisory_unlock_all()");
    } catch (JdbiException e) {
      // The connection is gone, and the lock with it.
      return;
    }
  }
}
