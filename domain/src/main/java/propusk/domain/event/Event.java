package propusk.domain.event;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.OptionalInt;
import propusk.domain.account.Language;
import propusk.domain.organization.Organization;

/// An event of an organization.
///
/// @param publicId its name in addresses: 22 characters
/// @param city anybody may know it
/// @param place only who is registered may know it
/// @param capacity how many may come; empty: everybody
/// @param taken how many are registered
public record Event(
    EventId id,
    Organization organization,
    String publicId,
    String title,
    Instant startsAt,
    Instant endsAt,
    String city,
    String place,
    OptionalInt capacity,
    int taken,
    Optional<Instant> cancelledAt) {

  public EventStanding standing(Instant now) {
    if (cancelledAt.isPresent()) {
      return EventStanding.CANCELLED;
    }
    if (!now.isBefore(endsAt)) {
      return EventStanding.PAST;
    }
    return capacity.isPresent() && taken >= capacity.getAsInt()
        ? EventStanding.FULL
        : EventStanding.OPEN;
  }

  /// When it begins, in its organization's time zone: `Суббота, 28 ноября, 21:00`, with the year
  /// where it is not this one.
  public String when(Language language, Instant now) {
    var begins = startsAt.atZone(organization.timeZone());
    boolean thisYear = begins.getYear() == now.atZone(organization.timeZone()).getYear();
    var pattern = thisYear ? "EEEE, d MMMM, HH:mm" : "EEEE, d MMMM yyyy, HH:mm";
    var text = DateTimeFormatter.ofPattern(pattern, language.locale()).format(begins);
    return text.substring(0, 1).toUpperCase(language.locale()) + text.substring(1);
  }

  public Duration duration() {
    return Duration.between(startsAt, endsAt);
  }

  /// How many more may come; empty: everybody.
  public OptionalInt left() {
    return capacity.isPresent() ? OptionalInt.of(capacity.getAsInt() - taken) : OptionalInt.empty();
  }

  /// Where its page is, from our base address on.
  public String path() {
    return "/p/" + organization.slug().value() + "/events/" + publicId;
  }
}
