package propusk.miniapp.qrauth;

import java.util.HexFormat;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import propusk.domain.account.Accounts;
import propusk.domain.login.LoginChat;
import propusk.domain.login.LoginId;
import propusk.domain.login.LoginLinks;
import propusk.domain.login.Logins;
import propusk.domain.login.OpenOutcome;
import propusk.domain.seal.Secret;
import propusk.miniapp.initdata.Launches;

/// Opens a login's page for whoever the init data prove, checked with the token of the bot that
/// sent the login's button.
final class Openings {
  private final Jdbi jdbi;
  private final Logins logins;
  private final LoginLinks links;
  private final Accounts accounts;
  private final Launches launches;

  Openings(Jdbi jdbi, Logins logins, LoginLinks links, Accounts accounts, Launches launches) {
    this.jdbi = jdbi;
    this.logins = logins;
    this.links = links;
    this.accounts = accounts;
    this.launches = launches;
  }

  OpenOutcome open(LoginId id, String initData, Secret tab) {
    return jdbi.inTransaction(handle -> open(handle, id, initData, tab));
  }

  private OpenOutcome open(Handle handle, LoginId id, String raw, Secret tab) {
    var login = logins.find(handle, id);
    if (login.isEmpty()) {
      return new OpenOutcome.Unknown();
    }
    // A login that was not asked for in a chat has no button of any bot.
    long bot = login.get().chat().map(LoginChat::botId).orElse(0L);
    var data = launches.by(bot, raw);
    if (login
        .get()
        .account()
        .filter(owner -> owner.telegramId().equals(data.user().id()))
        .isPresent()) {
      accounts.seen(handle, data.user());
    }
    var fingerprint = HexFormat.of().parseHex(data.fingerprint());
    var outcome = logins.open(handle, id, data.user().id(), fingerprint, tab);
    if (outcome instanceof OpenOutcome.Opened(var _, var snapshot)) {
      links.offer(handle, snapshot.login());
    }
    return outcome;
  }
}
