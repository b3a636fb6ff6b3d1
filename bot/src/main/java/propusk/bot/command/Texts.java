package propusk.bot.command;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import propusk.domain.account.Language;
import propusk.domain.browser.BrowserInfo;
import propusk.domain.plan.Plan;
import propusk.domain.text.Messages;

/// The bot's words: `messages_ru.properties` and `messages_en.properties`.
public final class Texts {
  private static final ZoneId MOSCOW = ZoneId.of("Europe/Moscow");

  private final Messages messages =
      new Messages("propusk.bot.messages", Texts.class.getClassLoader());

  public String say(Language language, String key) {
    return messages.say(language, key);
  }

  public String say(Language language, String key, Map<String, ?> values) {
    return messages.say(language, key, values);
  }

  /// A plan's values, numbers without separators as in `1000`.
  static Map<String, String> plan(Plan plan) {
    return Map.of(
        "plan", plan.name(),
        "channels", Integer.toString(plan.channels()),
        "posts", Integer.toString(plan.postsPerDay()),
        "rag", Integer.toString(plan.ragPerDay()),
        "digests", plan.aiDigests() ? "✅" : "❌");
  }

  /// A browser as it calls itself, and where it is; `known` says which of it we have.
  static Map<String, String> browser(BrowserInfo from) {
    return Map.of(
        "browser", from.browser().orElse(""),
        "system", from.system().orElse(""),
        "known", known(from),
        "ip", from.ip().map(InetAddress::getHostAddress).orElse("?"));
  }

  private static String known(BrowserInfo from) {
    if (from.browser().isEmpty()) {
      return from.system().isEmpty() ? "nothing" : "system";
    }
    return from.system().isEmpty() ? "browser" : "both";
  }

  /// `12 октября`, with the year where it is not this one. The chat does not tell a person's time
  /// zone: Moscow's stands in for Russian, UTC for English.
  static String date(Language language, Instant at, Instant now) {
    var zone = language == Language.RU ? MOSCOW : ZoneOffset.UTC;
    var day = at.atZone(zone);
    var pattern = day.getYear() == now.atZone(zone).getYear() ? "d MMMM" : "d MMMM yyyy";
    return DateTimeFormatter.ofPattern(pattern, language.locale()).format(day);
  }

  /// `в 09:12` today, else `12 октября в 09:12`, in the same time zones; English names it.
  static String moment(Language language, Instant at, Instant now) {
    var zone = language == Language.RU ? MOSCOW : ZoneOffset.UTC;
    var time = DateTimeFormatter.ofPattern("HH:mm").format(at.atZone(zone));
    boolean russian = language == Language.RU;
    var zoned = russian ? time : time + " UTC";
    if (at.atZone(zone).toLocalDate().equals(now.atZone(zone).toLocalDate())) {
      return (russian ? "в " : "at ") + zoned;
    }
    return (russian ? "" : "on ") + date(language, at, now) + (russian ? " в " : " at ") + zoned;
  }

  /// Whole minutes, rounded up, at least one.
  static int minutes(Duration time) {
    return Math.toIntExact(Math.max(1, time.plusSeconds(59).toMinutes()));
  }
}
