package propusk.miniapp.page;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/// A page that only says something: an error, or that there is nothing here.
///
/// @param text with `{time}` where it says one
/// @param time the one that the text says, less than a day away
/// @param link where its button leads, if it has one
public record NoticePage(
    Shell shell,
    String icon,
    String tone,
    String title,
    String text,
    Optional<Instant> time,
    Optional<Link> link) {
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("HH:mm 'UTC'").withZone(ZoneOffset.UTC);
  private static final String PLACE = "{time}";

  public NoticePage(
      Shell shell, String icon, String tone, String title, String text, Optional<Link> link) {
    this(shell, icon, tone, title, text, Optional.empty(), link);
  }

  public String beforeTime() {
    return text.substring(0, text.indexOf(PLACE));
  }

  public String afterTime() {
    return text.substring(text.indexOf(PLACE) + PLACE.length());
  }

  /// As the server can say it; the page's script puts the reader's own in its place.
  public String utc(Instant at) {
    return UTC.format(at);
  }

  public record Link(String href, String title) {}
}
