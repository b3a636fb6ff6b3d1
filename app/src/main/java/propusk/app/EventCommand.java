package propusk.app;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import propusk.domain.event.CancelOutcome;
import propusk.domain.event.Event;
import propusk.domain.event.EventDraft;
import tools.jackson.databind.json.JsonMapper;

/// Events of organizations from the command line.
@Command(
    name = "event",
    mixinStandardHelpOptions = true,
    description = "Announces, lists and cancels events.")
final class EventCommand {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

  private final Map<String, String> environment;

  EventCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Announces an event and prints its id; members who want to know are told.")
  int create(
      @Parameters(paramLabel = "ORG", description = "The organization's slug.") String org,
      @Parameters(paramLabel = "TITLE", description = "What it is called.") String title,
      @Option(
              names = "--starts",
              required = true,
              description = "When, in the organization's time: \"2026-11-28 21:00\".")
          String starts,
      @Option(
              names = "--minutes",
              defaultValue = "120",
              description = "How long it lasts (${DEFAULT-VALUE}).")
          int minutes,
      @Option(names = "--city", required = true, description = "What everybody may know.")
          String city,
      @Option(names = "--place", required = true, description = "What only its people may know.")
          String place,
      @Option(names = "--capacity", description = "How many may come; everybody if not given.")
          Optional<Integer> capacity,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    var desk = new ClubDesk(OperatorSettings.of(environment));
    var organization = desk.organization(org);
    var draft =
        new EventDraft(
            title,
            time(starts, organization.timeZone()),
            Duration.ofMinutes(minutes),
            city,
            place,
            capacity.map(OptionalInt::of).orElseGet(OptionalInt::empty));
    var made = desk.createEvent(organization, draft);
    System.out.println(json ? json(made, desk.now()) : made.publicId());
    return CommandLine.ExitCode.OK;
  }

  @Command(mixinStandardHelpOptions = true, description = "Lists an organization's events.")
  int list(
      @Parameters(paramLabel = "ORG", description = "The organization's slug.") String org,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    var desk = new ClubDesk(OperatorSettings.of(environment));
    var events = desk.events(desk.organization(org));
    var now = desk.now();
    if (json) {
      System.out.println(
          JsonMapper.shared()
              .writeValueAsString(events.stream().map(each -> fields(each, now)).toList()));
    } else {
      events.forEach(each ->
          System.out.printf(
              "%s  %s  %-9s  %s  %s%n",
              each.publicId(),
              starts(each),
              each.standing(now).code(),
              places(each),
              each.title()));
    }
    return CommandLine.ExitCode.OK;
  }

  @Command(mixinStandardHelpOptions = true, description = "Shows an event.")
  int show(
      @Parameters(paramLabel = "ID", description = "The id that create printed.") String id,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    var desk = new ClubDesk(OperatorSettings.of(environment));
    var event = desk.event(id);
    if (json) {
      System.out.println(json(event, desk.now()));
    } else {
      fields(event, desk.now())
          .forEach((name, value) -> System.out.printf("%-9s %s%n", name, value));
    }
    return CommandLine.ExitCode.OK;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Cancels an event; its page says so, and whoever has a place is told.")
  int cancel(
      @Parameters(paramLabel = "ID", description = "The id that create printed.") String id) {
    var desk = new ClubDesk(OperatorSettings.of(environment));
    var event = desk.event(id);
    System.out.println(
        switch (desk.cancel(event)) {
          case CancelOutcome.Cancelled(int told) -> "Cancelled. Told: " + told;
          case CancelOutcome.Already() -> "It was cancelled before.";
          case CancelOutcome.Past() -> throw new IllegalArgumentException("The event is over");
        });
    return CommandLine.ExitCode.OK;
  }

  private static Instant time(String text, ZoneId zone) {
    try {
      return LocalDateTime.parse(text.strip(), TIME).atZone(zone).toInstant();
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "--starts \"%s\" is no time; one is \"2026-11-28 21:00\"".formatted(text), e);
    }
  }

  private static String json(Event event, Instant now) {
    return JsonMapper.shared().writeValueAsString(fields(event, now));
  }

  private static Map<String, Object> fields(Event event, Instant now) {
    var fields = new TreeMap<String, Object>();
    fields.put("id", event.publicId());
    fields.put("org", event.organization().slug().value());
    fields.put("title", event.title());
    fields.put("starts", starts(event));
    fields.put("minutes", event.duration().toMinutes());
    fields.put("city", event.city());
    fields.put("place", event.place());
    fields.put("taken", event.taken());
    event.capacity().ifPresent(most -> fields.put("capacity", most));
    fields.put("state", event.standing(now).code());
    fields.put("path", event.path());
    return fields;
  }

  private static String starts(Event event) {
    return TIME.format(event.startsAt().atZone(event.organization().timeZone()));
  }

  private static String places(Event event) {
    return event.capacity().isPresent()
        ? event.taken() + "/" + event.capacity().getAsInt()
        : Integer.toString(event.taken());
  }
}
