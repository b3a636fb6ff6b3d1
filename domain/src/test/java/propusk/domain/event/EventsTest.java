package propusk.domain.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import propusk.domain.DomainWorld;
import propusk.domain.account.Account;
import propusk.domain.account.Language;
import propusk.domain.organization.Organization;
import propusk.domain.outbox.BlockedChats;
import propusk.domain.outbox.OpenMessage;
import propusk.domain.outbox.OutboxQueue;
import propusk.domain.outbox.Priority;

class EventsTest {
  private static final int CROWD = 64;

  private final DomainWorld world = new DomainWorld();
  private final Organization shore = world.organization("north-shore");

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void ofSixtyFourPeopleAtOnceExactlyTenGetTheTenPlaces() throws Exception {
    var event = event(shore, OptionalInt.of(10));
    var start = new CyclicBarrier(CROWD);
    var crowd = new ArrayList<Callable<RegisterOutcome>>();
    for (int i = 1; i <= CROWD; i++) {
      var person = world.person(i, "P" + i);
      crowd.add(() -> {
        start.await();
        return register(event, person);
      });
    }
    var outcomes = outcomes(crowd);
    assertEquals(10, outcomes.get(RegisterOutcome.REGISTERED));
    assertEquals(CROWD - 10, outcomes.get(RegisterOutcome.FULL));
    assertEquals(10, world.count("SELECT taken FROM event"));
    assertEquals(10, world.count("SELECT count(*) FROM event_registration"));
    assertEquals(10, world.count("SELECT count(*) FROM membership"), "who stayed out joined not");
    assertEquals(EventStanding.FULL, find(event).standing(world.clock.instant()));
  }

  @Test
  void onePersonWhoRegistersManyTimesAtOnceHasOnePlace() throws Exception {
    var event = event(shore, OptionalInt.of(10));
    var ilya = world.person(1, "Илья");
    var start = new CyclicBarrier(16);
    var clicks = new ArrayList<Callable<RegisterOutcome>>();
    for (int i = 0; i < 16; i++) {
      clicks.add(() -> {
        start.await();
        return register(event, ilya);
      });
    }
    var outcomes = outcomes(clicks);
    assertEquals(1, outcomes.get(RegisterOutcome.REGISTERED));
    assertEquals(15, outcomes.get(RegisterOutcome.ALREADY));
    assertEquals(1, world.count("SELECT taken FROM event"));
  }

  @Test
  void aPlaceIsGivenUntilTheEventIsFullOverOrCancelledAndKeptAfterThat() {
    var event = event(shore, OptionalInt.of(1));
    var ilya = world.person(1, "Илья");
    var anna = world.person(2, "Анна");
    assertEquals(RegisterOutcome.REGISTERED, register(event, ilya));
    assertEquals(RegisterOutcome.FULL, register(event, anna));
    assertEquals(RegisterOutcome.ALREADY, register(event, ilya), "a full event keeps its people");

    var open = event(shore, OptionalInt.empty());
    assertEquals(new CancelOutcome.Cancelled(0), cancel(open));
    assertEquals(new CancelOutcome.Already(), cancel(open));
    assertEquals(RegisterOutcome.CANCELLED, register(open, ilya));

    world.clock.advance(Duration.ofDays(30));
    assertEquals(EventStanding.PAST, find(event).standing(world.clock.instant()));
    assertEquals(RegisterOutcome.PAST, register(event, anna));
    assertEquals(RegisterOutcome.ALREADY, register(event, ilya));
    assertEquals(LeaveOutcome.OVER, leave(event, ilya));
    assertEquals(new CancelOutcome.Past(), cancel(event));
  }

  @Test
  void aPlaceIsGivenBackOnceAndOfAllWhoWantItExactlyOneGetsIt() throws Exception {
    for (int round = 0; round < 10; round++) {
      var event = event(shore, OptionalInt.of(1));
      var owner = world.person(1, "Илья");
      register(event, owner);
      var start = new CyclicBarrier(24);
      var crowd = new ArrayList<Callable<Enum<?>>>();
      for (int i = 0; i < 8; i++) {
        crowd.add(() -> {
          start.await();
          return leave(event, owner);
        });
      }
      for (int i = 2; i < 18; i++) {
        var person = world.person(i, "P" + i);
        crowd.add(() -> {
          start.await();
          return register(event, person);
        });
      }
      var outcomes = outcomes(crowd);
      assertEquals(1, outcomes.get(LeaveOutcome.LEFT));
      assertEquals(7, outcomes.get(LeaveOutcome.NONE));
      // Whoever came before it was free did without.
      var late = register(event, world.person(30, "Анна"));
      int got = outcomes.getOrDefault(RegisterOutcome.REGISTERED, 0);
      assertEquals(got == 1 ? RegisterOutcome.FULL : RegisterOutcome.REGISTERED, late);
      assertEquals(1, find(event).taken());
      assertFalse(registered(event, owner));
      assertTrue(
          world.<Boolean>in(h -> world.memberships.isMember(h, shore.id(), owner.id())),
          "they stay a member");
    }
  }

  @Test
  void everybodyWhoHasAPlaceIsToldOnceThatTheEventIsCancelledAndNobodyElse() throws Exception {
    for (int round = 0; round < 10; round++) {
      world.in(handle -> handle.execute("DELETE FROM outbox"));
      var event = event(shore, OptionalInt.of(12));
      var gone = writer(1);
      register(event, gone);
      leave(event, gone);
      var start = new CyclicBarrier(18);
      var crowd = new ArrayList<Callable<Long>>();
      for (int i = 2; i < 18; i++) {
        var person = writer(i);
        crowd.add(() -> {
          start.await();
          return register(event, person).in() ? person.telegramId().value() : 0L;
        });
      }
      for (int i = 0; i < 2; i++) {
        crowd.add(() -> {
          start.await();
          cancel(event);
          return 0L;
        });
      }
      var places = new TreeSet<Long>();
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (var place : threads.invokeAll(crowd)) {
          places.add(place.get());
        }
      }
      places.remove(0L);
      var queue = new OutboxQueue(world.sealer, world.clock);
      var told =
          world.in(handle -> queue.due(handle, DomainWorld.BOT, List.of(), Priority.BULK, 50));
      assertEquals(List.copyOf(places), told.stream().map(OpenMessage::chatId).sorted().toList());
      var words = new OpenMessage.Content.EventCancelled(Long.toString(event.id().value()));
      assertTrue(told.stream().allMatch(message -> message.content().equals(words)));
      assertEquals(
          places.size(), world.count("SELECT count(*) FROM outbox WHERE priority = 2"), "once");
    }
  }

  @Test
  void membersWhoWantToHearOfNewEventsAreToldInBulkAndNobodyElse() {
    var first = event(shore, OptionalInt.empty());
    for (int i = 1; i <= 3; i++) {
      var person = world.person(i, "P" + i);
      world.in(handle -> {
        world.letIn(handle, person);
        return register(first, person);
      });
      boolean wants = i != 2;
      assertTrue(
          world.<Boolean>in(
              handle -> world.memberships.wantNews(handle, shore.id(), person.id(), wants)));
    }
    var stranger = world.person(4, "Чужой");
    assertFalse(
        world.<Boolean>in(
            handle -> world.memberships.wantNews(handle, shore.id(), stranger.id(), true)),
        "only a member has news to want");
    world.in(handle -> {
      new BlockedChats(world.clock).blocked(handle, DomainWorld.BOT, 3);
      return 0;
    });
    event(world.organization("other"), OptionalInt.empty());
    var second = event(shore, OptionalInt.empty());
    var queue = new OutboxQueue(world.sealer, world.clock);
    var told = world.in(handle -> queue.due(handle, DomainWorld.BOT, List.of(), Priority.BULK, 10));
    assertEquals(1, told.size(), "the second said no, the third blocked the bot");
    assertEquals(1, told.getFirst().chatId());
    assertEquals(
        new OpenMessage.Content.NewEvent(Long.toString(second.id().value())),
        told.getFirst().content());
    assertEquals(1, world.count("SELECT count(*) FROM outbox WHERE priority = 2"));
  }

  @Test
  void anEventIsWrittenInItsOrganizationsTimeAndFoundUnderItsOwnAddressOnly() {
    var event = event(shore, OptionalInt.of(40));
    assertEquals("Суббота, 28 ноября, 21:00", event.when(Language.RU, world.clock.instant()));
    assertEquals("Saturday, 28 November, 21:00", event.when(Language.EN, world.clock.instant()));
    assertEquals("/p/north-shore/events/" + event.publicId(), event.path());
    var other = world.organization("other");
    assertEquals(
        event.id(),
        world.in(h -> world.events.find(h, shore.slug(), event.publicId())).orElseThrow().id());
    assertTrue(world.in(h -> world.events.find(h, other.slug(), event.publicId())).isEmpty());
  }

  @Test
  void whoIsForgottenGivesTheirPlaceBack() {
    var event = event(shore, OptionalInt.of(1));
    var ilya = world.person(1, "Илья");
    register(event, ilya);
    world.in(handle -> {
      world.deletions.request(handle, ilya, DomainWorld.BOT, 1);
      return world.deletions.finish(handle);
    });
    assertEquals(0, world.count("SELECT count(*) FROM participant"));
    assertEquals(0, world.count("SELECT taken FROM event"));
    assertEquals(RegisterOutcome.REGISTERED, register(event, world.person(2, "Анна")));
  }

  private RegisterOutcome register(Event event, Account person) {
    return world.in(handle -> world.events.register(handle, event.id(), person.id()));
  }

  private LeaveOutcome leave(Event event, Account person) {
    return world.in(handle -> world.events.leave(handle, event.id(), person.id()));
  }

  private CancelOutcome cancel(Event event) {
    return world.in(handle -> world.events.cancel(handle, event.id()));
  }

  private boolean registered(Event event, Account person) {
    return world.in(handle -> world.events.registered(handle, event.id(), person.id()));
  }

  /// Somebody whom our bot can write to.
  private Account writer(long id) {
    var person = world.person(id, "P" + id);
    world.in(handle -> world.letIn(handle, person));
    return person;
  }

  private Event find(Event event) {
    return world.in(handle -> world.events.find(handle, event.id())).orElseThrow();
  }

  /// At 21:00 in Moscow.
  private Event event(Organization organization, OptionalInt capacity) {
    var draft =
        new EventDraft(
            "Ночная прогулка по старой верфи",
            Instant.parse("2026-11-28T18:00:00Z"),
            Duration.ofHours(2),
            "Санкт-Петербург",
            "Набережная, 5",
            capacity);
    return world.in(handle -> world.events.create(handle, organization, draft));
  }

  private static <T> Map<T, Integer> outcomes(List<Callable<T>> crowd) throws Exception {
    var counted = new HashMap<T, Integer>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var answer : threads.invokeAll(crowd)) {
        counted.merge(answer.get(), 1, Integer::sum);
      }
    }
    return counted;
  }
}
