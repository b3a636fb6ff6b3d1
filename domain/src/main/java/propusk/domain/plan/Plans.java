package propusk.domain.plan;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/// The plans an operator offers.
public final class Plans {

  public Optional<Plan> find(Handle handle, String code) {
    return handle
        .createQuery("SELECT * FROM plan WHERE code = :code")
        .bind("code", code)
        .map(Plans::plan)
        .findOne();
  }

  public Plan get(Handle handle, String code) {
    return find(handle, code).orElseThrow(() -> new IllegalStateException("no plan " + code));
  }

  public List<Plan> list(Handle handle) {
    return handle
        .createQuery("SELECT * FROM plan ORDER BY created_at, channels")
        .map(Plans::plan)
        .list();
  }

  private static Plan plan(ResultSet row, StatementContext context) throws SQLException {
    return new Plan(
        row.getString("code"),
        row.getString("name"),
        row.getInt("channels"),
        row.getInt("posts_per_day"),
        row.getInt("rag_per_day"),
        row.getBoolean("ai_digests"),
        Optional.ofNullable(row.getObject("duration_days", Integer.class)));
  }
}
