package propusk.miniapp.edge;

import java.sql.SQLException;
import java.sql.SQLTransientException;
import org.jdbi.v3.core.ConnectionException;
import org.jspecify.annotations.Nullable;

/// Tells whether the database is away, so that the answer is 503 and not 500.
public final class Away {
  private Away() {}

  /// Whether a connection could not be had or was lost on the way (SQLState classes 08 and 57P).
  public static boolean isDatabase(@Nullable Throwable failure) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectionException || cause instanceof SQLTransientException) {
        return true;
      }
      if (cause instanceof SQLException e && e.getSQLState() != null) {
        var state = e.getSQLState();
        if (state.startsWith("08") || state.startsWith("57P") || state.startsWith("53")) {
          return true;
        }
      }
    }
    return false;
  }
}
