package propusk.miniapp.qrauth;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import propusk.domain.account.Account;
import propusk.domain.login.Login;
import propusk.domain.login.LoginState.Cancelled;
import propusk.domain.login.LoginState.Completed;
import propusk.domain.login.LoginState.Ended;
import propusk.domain.login.LoginState.Expired;
import propusk.domain.login.LoginState.Failed;
import propusk.domain.login.Purpose;
import propusk.domain.text.Messages;

/// What an ended login is called, in its person's language.
public final class EndWords {
  // The server does not know the reader's zone; pages write the time again in theirs.
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("HH:mm 'UTC'").withZone(ZoneOffset.UTC);

  private final Messages messages;

  public EndWords(Messages messages) {
    this.messages = messages;
  }

  /// @param retryAt when to try again, where Telegram said so
  public record End(String code, String title, String text, Optional<Instant> retryAt) {}

  End of(Login login, Ended end) {
    var code = code(end);
    var retryAt = end instanceof Failed(var _, var at) ? at : Optional.<Instant>empty();
    var again = end instanceof Completed && login.purpose() instanceof Purpose.ReLogin;
    var variant = again ? "again" : code;
    var values =
        Map.of(
            "who", login.account().map(EndWords::who).orElse(""),
            "time", retryAt.map(UTC::format).orElse("none"));
    var language = login.language();
    var title = messages.say(language, "end." + code + ".title", values);
    var text = messages.say(language, "end." + variant + ".text", values);
    return new End(code, title, text, retryAt);
  }

  private static String code(Ended end) {
    return switch (end) {
      case Completed _ -> "completed";
      case Cancelled(var by) -> by.code();
      case Expired _ -> "expired";
      case Failed(var reason, var _) -> reason.code();
    };
  }

  private static String who(Account account) {
    return account.username().map(name -> "@" + name).orElseGet(account::fullName);
  }
}
