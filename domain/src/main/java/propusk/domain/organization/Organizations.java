package propusk.domain.organization;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import propusk.domain.time.Times;

/// Organizations. Stateless; every call runs in the caller's transaction.
public final class Organizations {
  private final InstantSource clock;

  public Organizations(InstantSource clock) {
    this.clock = clock;
  }

  /// Empty when another one has this slug.
  public Optional<Organization> create(Handle handle, Slug slug, String name, ZoneId timeZone) {
    return handle
        .createQuery(
            """
            INSERT INTO organization (slug, name, time_zone, created_at) VALUES (:slug, :name, :zone, :now)
            ON CONFLICT DO NOTHING RETURNING *
            """)
        .bind("slug", slug.value())
        .bind("name", name)
        .bind("zone", timeZone.getId())
        .bind("now", Times.column(clock.instant()))
        .map(Organizations::organization)
        .findOne();
  }

  public Optional<Organization> find(Handle handle, Slug slug) {
    return handle
        .createQuery("SELECT * FROM organization WHERE slug = :slug")
        .bind("slug", slug.value())
        .map(Organizations::organization)
        .findOne();
  }

  public Organization get(Handle handle, OrganizationId id) {
    return handle
        .createQuery("SELECT * FROM organization WHERE id = :id")
        .bind("id", id.value())
        .map(Organizations::organization)
        .one();
  }

  /// All of them, by slug.
  public List<Organization> list(Handle handle) {
    return handle
        .createQuery("SELECT * FROM organization ORDER BY slug")
        .map(Organizations::organization)
        .list();
  }

  static Organization organization(ResultSet row, StatementContext context) throws SQLException {
    return new Organization(
        new OrganizationId(row.getLong("id")),
        new Slug(row.getString("slug")),
        row.getString("name"),
        ZoneId.of(row.getString("time_zone")),
        Times.get(row, "created_at"));
  }
}
