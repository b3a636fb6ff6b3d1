package propusk.miniapp.widget;

import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import propusk.domain.account.Accounts;
import propusk.domain.browser.BrowserInfo;
import propusk.domain.limit.Limit;
import propusk.domain.limit.Limits;
import propusk.domain.seal.Secret;
import propusk.domain.signin.LaunchUses;
import propusk.domain.websession.LoginVia;
import propusk.domain.websession.WebSessions;
import propusk.miniapp.edge.ClientAddress;
import propusk.miniapp.initdata.BotKey;
import propusk.miniapp.initdata.InitData;
import propusk.miniapp.initdata.InitDataResult;
import propusk.miniapp.initdata.WidgetCheck;

/// Lets a browser in with a Login Widget's result, once.
///
/// @param key of the bot that the site's widget belongs to
record WidgetEntry(
    Jdbi jdbi,
    Accounts accounts,
    WebSessions webSessions,
    LaunchUses uses,
    Limits limits,
    WidgetCheck check,
    BotKey key) {

  sealed interface Outcome {
    /// @param cookie of the web session
    record Entered(Secret cookie) implements Outcome {}

    /// Not signed by Telegram, too old, or used before.
    record Refused() implements Outcome {}

    record TooMany(Instant until) implements Outcome {}
  }

  /// What Telegram brought, the one way or the other.
  record Result(String query, String fragment) {}

  /// @param earlier what this browser was signed in with before: it counts no more
  Outcome enter(
      Result result, ClientAddress address, BrowserInfo browser, Optional<Secret> earlier) {
    var closed =
        jdbi.inTransaction(
            handle -> limits.take(handle, Limit.WIDGET_PER_ADDRESS, address.subject()));
    if (closed.isPresent()) {
      return new Outcome.TooMany(closed.get());
    }
    var checked =
        result.fragment().isEmpty()
            ? check.checkQuery(result.query(), key)
            : check.checkFragment(result.fragment(), key);
    if (!(checked instanceof InitDataResult.Verified(var data))) {
      return new Outcome.Refused();
    }
    return jdbi.inTransaction(handle -> enter(handle, data, browser, earlier));
  }

  private Outcome enter(
      Handle handle, InitData data, BrowserInfo browser, Optional<Secret> earlier) {
    if (!uses.first(handle, HexFormat.of().parseHex(data.fingerprint()))) {
      return new Outcome.Refused();
    }
    var account = accounts.seen(handle, data.user());
    earlier.ifPresent(cookie -> webSessions.revoke(handle, cookie));
    return new Outcome.Entered(
        webSessions.enter(handle, LoginVia.TELEGRAM_CONFIRM, account.id(), browser));
  }
}
