package propusk.domain.bot;

import org.jdbi.v3.core.Handle;

/// The bots we answer as. A bot's id is the number before the colon of its token.
public final class Bots {

  /// Remembers a bot, or its new username.
  public void seen(Handle handle, long botId, String username) {
    handle
        .createUpdate(
            """
            INSERT INTO bot (id, username) VALUES (:id, :username)
            ON CONFLICT (id) DO UPDATE SET username = excluded.username, updated_at = now()
            """)
        .bind("id", botId)
        .bind("username", username)
        .execute();
  }
}
