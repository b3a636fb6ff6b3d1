package propusk.app;

import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import propusk.app.config.Config;
import propusk.app.launch.Databases;
import propusk.domain.audit.Actor;
import propusk.domain.audit.Audit;
import propusk.domain.event.CancelOutcome;
import propusk.domain.event.Event;
import propusk.domain.event.EventDraft;
import propusk.domain.event.Events;
import propusk.domain.key.ServiceKey;
import propusk.domain.key.ServiceKeyId;
import propusk.domain.key.ServiceKeys;
import propusk.domain.organization.Memberships;
import propusk.domain.organization.Organization;
import propusk.domain.organization.Organizations;
import propusk.domain.organization.Slug;
import propusk.domain.seal.Tokens;
import propusk.domain.time.DatabaseClock;

/// Organizations, their events and their service keys from the command line, straight in the
/// database. What is not there is refused in words.
public final class ClubDesk {
  private final Jdbi jdbi;
  private final InstantSource clock;
  private final Organizations organizations;
  private final Events events;
  private final ServiceKeys keys;

  public ClubDesk(Config.Operator config) {
    var database = Databases.unpooled(config.database());
    try {
      jdbi = Jdbi.create(database);
      clock = new DatabaseClock(database, System::nanoTime);
      var tokens = new Tokens(new SecureRandom());
      organizations = new Organizations(clock);
      events = new Events(new Memberships(clock), clock, tokens);
      keys = new ServiceKeys(clock, tokens);
    } catch (SQLException e) {
      throw new IllegalStateException("The database does not answer: " + e.getMessage(), e);
    }
  }

  public Organization createOrganization(Slug slug, String name, ZoneId timeZone) {
    return jdbi.inTransaction(
            handle -> {
              var made = organizations.create(handle, slug, name, timeZone);
              made.ifPresent(each -> audit(handle, "organization_created", each.slug().value()));
              return made;
            })
        .orElseThrow(() ->
            new IllegalArgumentException(
                "There is an organization \"%s\" already".formatted(slug.value())));
  }

  public List<Organization> organizations() {
    return jdbi.withHandle(organizations::list);
  }

  public Organization organization(String slug) {
    return jdbi.withHandle(handle ->
        Slug.parse(slug)
            .flatMap(parsed -> organizations.find(handle, parsed))
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "There is no organization \"%s\"; there are: %s"
                        .formatted(
                            slug,
                            organizations.list(handle).stream()
                                .map(each -> each.slug().value())
                                .collect(Collectors.joining(", "))))));
  }

  /// The members who want to hear of new events are told by the running bot.
  public Event createEvent(Organization organization, EventDraft draft) {
    if (draft.startsAt().isBefore(now())) {
      throw new IllegalArgumentException("--starts is in the past");
    }
    return jdbi.inTransaction(handle -> {
      var made = events.create(handle, organization, draft);
      audit(handle, "event_created", "event:" + made.id().value());
      return made;
    });
  }

  public List<Event> events(Organization organization) {
    return jdbi.withHandle(handle -> events.list(handle, organization.id()));
  }

  public Event event(String publicId) {
    return findEvent(publicId)
        .orElseThrow(() -> new IllegalArgumentException("There is no event " + publicId));
  }

  /// Whoever has a place there is told by the running bot.
  public CancelOutcome cancel(Event event) {
    return jdbi.inTransaction(handle -> {
      var outcome = events.cancel(handle, event.id());
      if (outcome instanceof CancelOutcome.Cancelled) {
        audit(handle, "event_cancelled", "event:" + event.id().value());
      }
      return outcome;
    });
  }

  public ServiceKeys.Made createKey(Organization organization, String name) {
    return jdbi.inTransaction(handle -> {
      var made = keys.create(handle, organization.id(), name);
      audit(handle, "key_created", "key:" + made.key().id().value());
      return made;
    });
  }

  public List<ServiceKey> keys(Organization organization) {
    return jdbi.withHandle(handle -> keys.list(handle, organization.id()));
  }

  /// False: there is no such key, or it was revoked before.
  public boolean revokeKey(long id) {
    return jdbi.inTransaction(handle -> {
      boolean revoked = keys.revoke(handle, new ServiceKeyId(id));
      if (revoked) {
        audit(handle, "key_revoked", "key:" + id);
      }
      return revoked;
    });
  }

  public Instant now() {
    return clock.instant();
  }

  private void audit(Handle handle, String action, String subject) {
    new Audit(clock).record(handle, Actor.COMMAND_LINE, action, subject);
  }

  private Optional<Event> findEvent(String publicId) {
    return jdbi.withHandle(handle -> events.find(handle, publicId));
  }
}
