package propusk.miniapp.dashboard;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import propusk.domain.account.Account;
import propusk.domain.session.TelegramSession;
import propusk.domain.subscription.Subscription;
import propusk.miniapp.page.Shell;
import propusk.miniapp.page.Words;

/// Who is signed in, what plan they have, and whether their Telegram account is connected.
///
/// @param active whether the subscription counts now
/// @param session the saved Telegram session, while it lives
/// @param formToken for the button that signs out
public record DashboardPage(
    Shell shell,
    Account account,
    Optional<Subscription> subscription,
    boolean active,
    Optional<TelegramSession> session,
    String formToken) {

  public Words words() {
    return shell.words();
  }

  /// The first letters of the names.
  public String initials() {
    return Stream.concat(Stream.of(account.firstName()), account.lastName().stream())
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .map(name -> Character.toString(name.codePointAt(0)))
        .collect(Collectors.joining())
        .toUpperCase(words().language().locale());
  }

  /// A day in the reader's language; the server does not know their zone, the page's script does.
  public String day(Instant at) {
    return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
        .withLocale(words().language().locale())
        .format(at.atOffset(ZoneOffset.UTC));
  }
}
