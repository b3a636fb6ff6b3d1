package propusk.domain.login;

import java.time.Instant;
import java.util.Locale;
import propusk.domain.browser.BrowserInfo;

/// An ordinary browser that may follow a login, known by its cookie.
public record LoginBrowser(LoginId login, Kind kind, BrowserInfo info, Instant openedAt) {

  /// What it is there for.
  public enum Kind {
    /// Shows the code to the phone beside it; there is one at most.
    SECOND_SCREEN,
    /// Takes the two-step password.
    PASSWORD,
    /// Logs in by phone number and code.
    PHONE;

    String column() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Kind of(String column) {
      return valueOf(column.toUpperCase(Locale.ROOT));
    }
  }
}
