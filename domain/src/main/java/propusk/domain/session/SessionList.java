package propusk.domain.session;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import propusk.domain.account.TelegramUserId;

/// Saved sessions as an operator looks for them, with their owners' names.
public final class SessionList {

  /// @param owner first and last name as Telegram shows them
  public record Line(TelegramSession session, String owner, Optional<String> username) {}

  /// The latest first.
  ///
  /// @param state only those; empty: all
  /// @param person only of this one; empty: of all
  public List<Line> list(
      Handle handle, Optional<SessionState> state, Optional<TelegramUserId> person, int max) {
    return handle
        .createQuery(
            """
            SELECT s.*, a.first_name, a.last_name, a.username
            FROM telegram_session s JOIN account a ON a.id = s.account_id
            WHERE s.state = coalesce(:state, s.state) AND s.telegram_id = coalesce(:person, s.telegram_id)
            ORDER BY s.created_at DESC, s.id LIMIT :max
            """)
        .bind("state", state.map(SessionState::code).orElse(null))
        .bind("person", person.map(TelegramUserId::value).orElse(null))
        .bind("max", max)
        .map(SessionList::line)
        .list();
  }

  public Optional<Line> find(Handle handle, TelegramSessionId id) {
    return handle
        .createQuery(
            """
            SELECT s.*, a.first_name, a.last_name, a.username
            FROM telegram_session s JOIN account a ON a.id = s.account_id WHERE s.id = :id
            """)
        .bind("id", id.value())
        .map(SessionList::line)
        .findOne();
  }

  private static Line line(ResultSet row, StatementContext context) throws SQLException {
    var lastName = Optional.ofNullable(row.getString("last_name"));
    var firstName = row.getString("first_name");
    return new Line(
        TelegramSessions.session(row, context),
        lastName.map(last -> firstName + " " + last).orElse(firstName),
        Optional.ofNullable(row.getString("username")));
  }
}
