package propusk.miniapp.account;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import propusk.domain.account.Account;
import propusk.miniapp.page.Words;

/// Times and names in words. The server does not know the reader's zone: what it says of a time of
/// day is UTC, and the page's script puts the reader's own in its place.
public final class Said {
  private Said() {}

  /// `12 октября 2026 г.`
  static String day(Words words, Instant at) {
    return format(DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG), words, at);
  }

  /// `12 октября, 14:35 UTC`
  static String moment(Words words, Instant at) {
    var pattern = words.say("time.moment");
    return format(DateTimeFormatter.ofPattern(pattern, locale(words)), words, at);
  }

  /// `6 минут назад`
  static String ago(Words words, Instant at, Instant now) {
    var age = Duration.between(at, now);
    if (age.toMinutes() < 1) {
      return words.say("time.now");
    }
    if (age.toHours() < 1) {
      return words.say("time.minutes", Map.of("count", age.toMinutes()));
    }
    if (age.toDays() < 1) {
      return words.say("time.hours", Map.of("count", age.toHours()));
    }
    return words.say("time.days", Map.of("count", age.toDays()));
  }

  /// The first letters of the names.
  public static String initials(Words words, Account account) {
    return Stream.concat(Stream.of(account.firstName()), account.lastName().stream())
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .map(name -> Character.toString(name.codePointAt(0)))
        .collect(Collectors.joining())
        .toUpperCase(locale(words));
  }

  /// `@username`, or the name where there is none.
  public static String whose(Account account) {
    return account.username().map(name -> "@" + name).orElse(account.fullName());
  }

  private static String format(DateTimeFormatter form, Words words, Instant at) {
    return form.withLocale(locale(words)).format(at.atOffset(ZoneOffset.UTC));
  }

  private static Locale locale(Words words) {
    return words.language().locale();
  }
}
