package propusk.domain.plan;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.Update;

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

  /// Makes a plan.
  ///
  /// @return false: there is one with this code
  public boolean create(Handle handle, Plan plan) {
    return bound(
                handle.createUpdate(
                    """
                    INSERT INTO plan (code, name, channels, posts_per_day, rag_per_day, ai_digests, duration_days)
                    VALUES (:code, :name, :channels, :posts, :rag, :digests, :days)
                    ON CONFLICT DO NOTHING
                    """),
                plan)
            .execute()
        == 1;
  }

  /// Changes a plan: its limits at once for everybody who has it, its duration for those who get it
  /// from now on.
  ///
  /// @return false: there is none with this code
  public boolean set(Handle handle, Plan plan) {
    return bound(
                handle.createUpdate(
                    """
                    UPDATE plan SET name = :name, channels = :channels, posts_per_day = :posts,
                      rag_per_day = :rag, ai_digests = :digests, duration_days = :days
                    WHERE code = :code
                    """),
                plan)
            .execute()
        == 1;
  }

  private static Update bound(Update update, Plan plan) {
    return update
        .bind("code", plan.code())
        .bind("name", plan.name())
        .bind("channels", plan.channels())
        .bind("posts", plan.postsPerDay())
        .bind("rag", plan.ragPerDay())
        .bind("digests", plan.aiDigests())
        .bind("days", plan.durationDays().orElse(null));
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
