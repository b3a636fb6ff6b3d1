package propusk.bot.command;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import propusk.domain.account.Account;
import propusk.domain.audit.Actor;
import propusk.domain.audit.Audit;
import propusk.domain.event.CancelOutcome;
import propusk.domain.event.Event;
import propusk.domain.event.EventDraft;
import propusk.domain.event.Events;
import propusk.domain.organization.Organization;
import propusk.domain.organization.Organizations;
import propusk.domain.organization.Slug;

/// `/event ORG`, then one line each for title, time, city, place and, if it has an end, the number
/// of places: announces an event. `/event ORG` alone lists them, `/event cancel ID` cancels one.
final class AnnounceCommand {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");
  private static final Duration USUAL = Duration.ofHours(2);
  private static final int LINES = 5;
  private static final int MOST = 20;

  private final Organizations organizations;
  private final Events events;
  private final Audit audit;
  private final Texts texts;
  private final InstantSource clock;

  AnnounceCommand(AdminCommands.Parts parts, Audit audit) {
    this.organizations = new Organizations(parts.clock());
    this.events = parts.events();
    this.audit = audit;
    this.texts = parts.texts();
    this.clock = parts.clock();
  }

  Reply answer(Handle handle, Account account, String argument) {
    var lines = argument.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    var first = lines.isEmpty() ? List.<String>of() : List.of(lines.getFirst().split("\\s+"));
    if (lines.size() == 1 && first.size() == 2 && first.getFirst().equals("cancel")) {
      return cancel(handle, account, first.get(1));
    }
    var organization =
        first.stream()
            .findFirst()
            .flatMap(Slug::parse)
            .flatMap(slug -> organizations.find(handle, slug));
    if (organization.isEmpty() || first.size() > 1) {
      return usage(handle, account);
    }
    if (lines.size() == 1) {
      return list(handle, account, organization.get());
    }
    return draft(lines, organization.get().timeZone())
        .filter(draft -> draft.startsAt().isAfter(clock.instant()))
        .map(draft -> announced(handle, account, organization.get(), draft))
        .orElseGet(() -> usage(handle, account));
  }

  private Reply announced(
      Handle handle, Account account, Organization organization, EventDraft draft) {
    var event = events.create(handle, organization, draft);
    audit.record(
        handle, Actor.admin(account.telegramId()), "event_created", "event:" + event.id().value());
    return say(account, "event.made", values(account, event));
  }

  private Reply cancel(Handle handle, Account account, String publicId) {
    var event = events.find(handle, publicId);
    if (event.isEmpty()) {
      return usage(handle, account);
    }
    var values = new HashMap<String, Object>(values(account, event.get()));
    return switch (events.cancel(handle, event.get().id())) {
      case CancelOutcome.Cancelled(int told) -> {
        var admin = Actor.admin(account.telegramId());
        audit.record(handle, admin, "event_cancelled", "event:" + event.get().id().value());
        values.put("told", told);
        yield say(account, "event.cancelled", values);
      }
      case CancelOutcome.Already() -> say(account, "event.cancelled.before", values);
      case CancelOutcome.Past() -> say(account, "event.cancelled.late", values);
    };
  }

  private Reply list(Handle handle, Account account, Organization organization) {
    var now = clock.instant();
    var coming =
        events.list(handle, organization.id()).stream()
            .filter(event -> event.endsAt().isAfter(now))
            .limit(MOST)
            .map(event -> say(account, "event.line", values(account, event)).text())
            .toList();
    return coming.isEmpty()
        ? say(account, "event.list.none", Map.of("org", organization.name()))
        : Reply.of(String.join("\n\n", coming));
  }

  private Map<String, String> values(Account account, Event event) {
    var now = clock.instant();
    var most = event.capacity();
    return Map.of(
        "title", event.title(),
        "when", event.when(account.language(), now),
        "id", event.publicId(),
        "state", event.standing(now).code(),
        "taken", event.taken() + (most.isPresent() ? "/" + most.getAsInt() : ""));
  }

  private Reply usage(Handle handle, Account account) {
    var known =
        organizations.list(handle).stream()
            .map(each -> each.slug().value())
            .collect(Collectors.joining(", "));
    return say(account, "event.usage", Map.of("orgs", known));
  }

  private Reply say(Account account, String key, Map<String, ?> values) {
    return Reply.of(texts.say(account.language(), key, values));
  }

  /// Empty: something is missing or is not what it should be.
  private static Optional<EventDraft> draft(List<String> lines, ZoneId zone) {
    if (lines.size() < LINES || lines.size() > LINES + 1) {
      return Optional.empty();
    }
    var places = lines.size() > LINES ? lines.get(LINES) : "";
    if (!places.matches("([1-9]\\d{0,5})?")) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new EventDraft(
              lines.get(1),
              time(lines.get(2), zone),
              USUAL,
              lines.get(3),
              lines.get(4),
              places.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(places))));
    } catch (DateTimeParseException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Instant time(String text, ZoneId zone) {
    return LocalDateTime.parse(text, TIME).atZone(zone).toInstant();
  }
}
