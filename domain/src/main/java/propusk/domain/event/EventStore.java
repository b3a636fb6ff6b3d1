package propusk.domain.event;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import propusk.domain.account.AccountId;
import propusk.domain.organization.Organization;
import propusk.domain.organization.OrganizationId;
import propusk.domain.organization.ParticipantId;
import propusk.domain.organization.Slug;
import propusk.domain.outbox.Chat;
import propusk.domain.time.Times;

/// Rows of events and of registrations.
final class EventStore {
  private static final String EVENT =
      """
      SELECT e.*, o.slug, o.name, o.time_zone, o.created_at AS organization_created_at
      FROM event e JOIN organization o ON o.id = e.organization_id
      """;

  EventId insert(
      Handle handle, OrganizationId organization, String publicId, EventDraft draft, Instant now) {
    return handle
        .createQuery(
            """
            INSERT INTO event (organization_id, public_id, title, starts_at, ends_at, city, place, capacity, created_at)
            VALUES (:organization, :publicId, :title, :starts, :ends, :city, :place, :capacity, :now) RETURNING id
            """)
        .bind("organization", organization.value())
        .bind("publicId", publicId)
        .bind("title", draft.title().strip())
        .bind("starts", Times.column(draft.startsAt()))
        .bind("ends", Times.column(draft.startsAt().plus(draft.duration())))
        .bind("city", draft.city().strip())
        .bind("place", draft.place().strip())
        .bind("capacity", draft.capacity().isPresent() ? draft.capacity().getAsInt() : null)
        .bind("now", Times.column(now))
        .map((row, _) -> new EventId(row.getLong("id")))
        .one();
  }

  Optional<Event> find(Handle handle, EventId id) {
    return handle
        .createQuery(EVENT + "WHERE e.id = :id")
        .bind("id", id.value())
        .map(EventStore::event)
        .findOne();
  }

  Optional<Event> find(Handle handle, Slug organization, String publicId) {
    return handle
        .createQuery(EVENT + "WHERE e.public_id = :publicId AND o.slug = :slug")
        .bind("publicId", publicId)
        .bind("slug", organization.value())
        .map(EventStore::event)
        .findOne();
  }

  Optional<Event> find(Handle handle, String publicId) {
    return handle
        .createQuery(EVENT + "WHERE e.public_id = :publicId")
        .bind("publicId", publicId)
        .map(EventStore::event)
        .findOne();
  }

  Optional<Event> lock(Handle handle, EventId id) {
    return handle
        .createQuery(EVENT + "WHERE e.id = :id FOR UPDATE OF e")
        .bind("id", id.value())
        .map(EventStore::event)
        .findOne();
  }

  List<Event> list(Handle handle, OrganizationId organization) {
    return handle
        .createQuery(EVENT + "WHERE e.organization_id = :id ORDER BY e.starts_at, e.id")
        .bind("id", organization.value())
        .map(EventStore::event)
        .list();
  }

  /// What this person is registered for and is not over, soonest first.
  List<Event> upcoming(Handle handle, AccountId account, Instant now) {
    return handle
        .createQuery(
            EVENT
                + """
                JOIN event_registration r ON r.event_id = e.id
                JOIN participant p ON p.id = r.participant_id
                WHERE p.account_id = :account AND e.ends_at > :now AND e.cancelled_at IS NULL
                ORDER BY e.starts_at, e.id
                """)
        .bind("account", account.value())
        .bind("now", Times.column(now))
        .map(EventStore::event)
        .list();
  }

  boolean registered(Handle handle, EventId event, AccountId account) {
    return handle
        .createQuery(
            """
            SELECT EXISTS (SELECT 1 FROM event_registration r JOIN participant p ON p.id = r.participant_id
              WHERE r.event_id = :event AND p.account_id = :account)
            """)
        .bind("event", event.value())
        .bind("account", account.value())
        .mapTo(Boolean.class)
        .one();
  }

  /// Call under the event's lock.
  void register(Handle handle, EventId event, ParticipantId participant, Instant now) {
    handle
        .createUpdate("UPDATE event SET taken = taken + 1 WHERE id = :event")
        .bind("event", event.value())
        .execute();
    handle
        .createUpdate("INSERT INTO event_registration VALUES (:event, :participant, :now)")
        .bind("event", event.value())
        .bind("participant", participant.value())
        .bind("now", Times.column(now))
        .execute();
  }

  /// Call under the event's lock.
  ///
  /// @return whether they had a place
  boolean leave(Handle handle, EventId event, AccountId account) {
    int freed =
        handle
            .createUpdate(
                """
                DELETE FROM event_registration r USING participant p
                WHERE r.event_id = :event AND p.id = r.participant_id AND p.account_id = :account
                """)
            .bind("event", event.value())
            .bind("account", account.value())
            .execute();
    handle
        .createUpdate("UPDATE event SET taken = taken - :freed WHERE id = :event")
        .bind("freed", freed)
        .bind("event", event.value())
        .execute();
    return freed == 1;
  }

  /// The chats of who has a place, in the bot they last wrote to.
  List<Chat> chats(Handle handle, EventId event) {
    return handle
        .createQuery(
            """
            SELECT a.bot_id, a.telegram_id FROM event_registration r
              JOIN participant p ON p.id = r.participant_id JOIN account a ON a.id = p.account_id
            WHERE r.event_id = :event AND a.bot_id IS NOT NULL
            """)
        .bind("event", event.value())
        .map((row, _) -> new Chat(row.getLong("bot_id"), row.getLong("telegram_id")))
        .list();
  }

  void cancel(Handle handle, EventId event, Instant now) {
    handle
        .createUpdate("UPDATE event SET cancelled_at = :now WHERE id = :event")
        .bind("event", event.value())
        .bind("now", Times.column(now))
        .execute();
  }

  private static Event event(ResultSet row, StatementContext context) throws SQLException {
    int capacity = row.getInt("capacity");
    boolean limited = !row.wasNull();
    return new Event(
        new EventId(row.getLong("id")),
        new Organization(
            new OrganizationId(row.getLong("organization_id")),
            new Slug(row.getString("slug")),
            row.getString("name"),
            ZoneId.of(row.getString("time_zone")),
            Times.get(row, "organization_created_at")),
        row.getString("public_id"),
        row.getString("title"),
        Times.get(row, "starts_at"),
        Times.get(row, "ends_at"),
        row.getString("city"),
        row.getString("place"),
        limited ? OptionalInt.of(capacity) : OptionalInt.empty(),
        row.getInt("taken"),
        Times.find(row, "cancelled_at"));
  }
}
