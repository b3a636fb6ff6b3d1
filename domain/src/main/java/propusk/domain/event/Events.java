package propusk.domain.event;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import propusk.domain.account.AccountId;
import propusk.domain.organization.Memberships;
import propusk.domain.organization.Organization;
import propusk.domain.organization.OrganizationId;
import propusk.domain.organization.Slug;
import propusk.domain.outbox.Notices;
import propusk.domain.seal.Tokens;

/// Events: announced, joined, left, cancelled. The event's row is locked before a place is given or
/// taken back, so that an event never gets more people than it has places. Stateless; every call
/// runs in the caller's transaction.
public final class Events {
  private static final Logger LOG = LoggerFactory.getLogger(Events.class);

  private final EventStore store = new EventStore();
  private final Memberships memberships;
  private final Notices notices;
  private final InstantSource clock;
  private final Tokens tokens;

  public Events(Memberships memberships, InstantSource clock, Tokens tokens) {
    this.memberships = memberships;
    this.notices = new Notices(clock);
    this.clock = clock;
    this.tokens = tokens;
  }

  /// Announces an event; the members who want to hear of new ones are told.
  public Event create(Handle handle, Organization organization, EventDraft draft) {
    var id = store.insert(handle, organization.id(), tokens.id(), draft, clock.instant());
    var chats = memberships.wantingNews(handle, organization.id());
    int told = notices.newEvent(handle, chats, Long.toString(id.value()));
    LOG.info("event=event_created id={} told={}", id.value(), told);
    return store.find(handle, id).orElseThrow();
  }

  public Optional<Event> find(Handle handle, EventId id) {
    return store.find(handle, id);
  }

  public Optional<Event> find(Handle handle, Slug organization, String publicId) {
    return store.find(handle, organization, publicId);
  }

  public Optional<Event> find(Handle handle, String publicId) {
    return store.find(handle, publicId);
  }

  /// All events of an organization, by their times.
  public List<Event> list(Handle handle, OrganizationId organization) {
    return store.list(handle, organization);
  }

  /// What this person has a place at and is not over, soonest first.
  public List<Event> upcoming(Handle handle, AccountId account) {
    return store.upcoming(handle, account, clock.instant());
  }

  /// Whether this person has a place.
  public boolean registered(Handle handle, EventId event, AccountId account) {
    return store.registered(handle, event, account);
  }

  /// Gives this person a place, if there is one; who gets one is a member from then on.
  public RegisterOutcome register(Handle handle, EventId id, AccountId account) {
    var event = store.lock(handle, id).orElseThrow();
    if (store.registered(handle, id, account)) {
      return event.cancelledAt().isPresent() ? RegisterOutcome.CANCELLED : RegisterOutcome.ALREADY;
    }
    return switch (event.standing(clock.instant())) {
      case CANCELLED -> RegisterOutcome.CANCELLED;
      case PAST -> RegisterOutcome.PAST;
      case FULL -> RegisterOutcome.FULL;
      case OPEN -> {
        var participant = memberships.join(handle, event.organization().id(), account);
        store.register(handle, id, participant, clock.instant());
        yield RegisterOutcome.REGISTERED;
      }
    };
  }

  /// Takes this person's place back: it is anybody's from then on. They stay a member.
  public LeaveOutcome leave(Handle handle, EventId id, AccountId account) {
    var event = store.lock(handle, id).orElseThrow();
    return switch (event.standing(clock.instant())) {
      case CANCELLED, PAST -> LeaveOutcome.OVER;
      case OPEN, FULL -> store.leave(handle, id, account) ? LeaveOutcome.LEFT : LeaveOutcome.NONE;
    };
  }

  /// Whoever has a place is told. Nobody gets one meanwhile: the event's row is locked.
  public CancelOutcome cancel(Handle handle, EventId id) {
    var event = store.lock(handle, id).orElseThrow();
    return switch (event.standing(clock.instant())) {
      case CANCELLED -> new CancelOutcome.Already();
      case PAST -> new CancelOutcome.Past();
      case OPEN, FULL -> {
        store.cancel(handle, id, clock.instant());
        var chats = store.chats(handle, id);
        int told = notices.eventCancelled(handle, chats, Long.toString(id.value()));
        LOG.info("event=event_cancelled id={} told={}", id.value(), told);
        yield new CancelOutcome.Cancelled(told);
      }
    };
  }
}
