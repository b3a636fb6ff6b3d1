package propusk.domain.event;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;

/// An event as somebody announces it.
public record EventDraft(
    String title,
    Instant startsAt,
    Duration duration,
    String city,
    String place,
    OptionalInt capacity) {
  private static final int MAX_TEXT = 200;
  private static final int MAX_CAPACITY = 1_000_000;

  public EventDraft {
    requireText(title, "the title");
    requireText(city, "the city");
    requireText(place, "the place");
    if (duration.isNegative() || duration.isZero() || duration.toDays() > 31) {
      throw new IllegalArgumentException("an event lasts from a minute to a month");
    }
    if (capacity.isPresent() && (capacity.getAsInt() < 1 || capacity.getAsInt() > MAX_CAPACITY)) {
      throw new IllegalArgumentException("there are 1 to " + MAX_CAPACITY + " places");
    }
  }

  private static void requireText(String text, String what) {
    if (text.isBlank() || text.length() > MAX_TEXT) {
      throw new IllegalArgumentException(what + " has 1 to " + MAX_TEXT + " characters");
    }
  }
}
