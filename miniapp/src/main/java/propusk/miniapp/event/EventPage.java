package propusk.miniapp.event;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import propusk.domain.event.Event;
import propusk.domain.event.EventStanding;
import propusk.miniapp.page.Shell;
import propusk.miniapp.page.Words;

/// An event's page as one browser may see it.
///
/// @param place where it is; only for who has a place there
/// @param formToken what its forms send along
/// @param sample what stands under a code that no longer works
public record EventPage(
    Shell shell,
    Event event,
    EventStanding standing,
    Instant now,
    Optional<String> place,
    String formToken,
    String sample,
    Panel panel) {

  /// What the page asks or says beside the event.
  public sealed interface Panel {}

  /// Nobody knows yet who this is, and there is no code: the script gets one.
  public record Preparing() implements Panel {}

  /// @param version of the sign-in: the page shows itself anew when it changes
  /// @param opened whether the person has come to the bot
  /// @param approved whether the browser may go in
  public record Code(
      String link,
      String qr,
      String bot,
      String code,
      int number,
      long version,
      boolean opened,
      boolean approved,
      long seconds)
      implements Panel {

    public String clock() {
      return "%d:%02d".formatted(seconds / 60, seconds % 60);
    }

    public List<String> cells() {
      return code.chars().mapToObj(Character::toString).toList();
    }
  }

  /// The code does not count any more.
  ///
  /// @param why `expired`, `denied` or `mismatched`
  public record Dead(String why) implements Panel {}

  /// They are known and have no place.
  ///
  /// @param name as they are called
  /// @param open whether there is a place for them
  /// @param left whether they gave one back just now
  public record Join(String name, boolean open, boolean left) implements Panel {}

  /// They have a place.
  ///
  /// @param mayLeave whether they may still give it back
  public record In(String name, boolean mayLeave) implements Panel {}

  /// There is nothing to sign in for.
  public record Cancelled() implements Panel {}

  /// Whether it is known who looks: then nothing asks them to sign in.
  public boolean known() {
    return panel instanceof Join || panel instanceof In;
  }

  public Words words() {
    return shell.words();
  }

  public String when() {
    return event.when(words().language(), now);
  }

  /// How long it lasts: whole hours, or minutes.
  public String lasts() {
    long minutes = event.duration().toMinutes();
    return minutes % 60 == 0
        ? words().say("event.hours", Map.of("count", minutes / 60))
        : words().say("event.minutes", Map.of("count", minutes));
  }

  public String going() {
    return words().say("event.going", Map.of("count", event.taken()));
  }

  /// What is left, where that is counted and not over.
  public Optional<String> left() {
    boolean over = standing == EventStanding.PAST || standing == EventStanding.CANCELLED;
    if (over || event.left().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(words().say("event.left", Map.of("count", event.left().getAsInt())));
  }
}
