package propusk.miniapp.qrauth;

import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import propusk.domain.account.Accounts;
import propusk.domain.login.LoginId;
import propusk.domain.login.LoginLinks;
import propusk.domain.login.Logins;
import propusk.domain.login.OpenOutcome;
import propusk.domain.seal.Secret;
import propusk.miniapp.edge.Problem;
import propusk.miniapp.edge.Refused;
import propusk.miniapp.initdata.BotKey;
import propusk.miniapp.initdata.InitData;
import propusk.miniapp.initdata.InitDataCheck;
import propusk.miniapp.initdata.InitDataResult.Invalid;
import propusk.miniapp.initdata.InitDataResult.Stale;
import propusk.miniapp.initdata.InitDataResult.Verified;

/// Opens a login's page for whoever the init data prove, checked with the token of the bot that
/// sent the login's button.
final class Openings {
  private static final Logger LOG = LoggerFactory.getLogger(Openings.class);

  private final Jdbi jdbi;
  private final Logins logins;
  private final LoginLinks links;
  private final Accounts accounts;
  private final InitDataCheck check;
  private final Map<Long, BotKey> bots;

  /// @param bots the keys of our bots, by the bot's id
  Openings(
      Jdbi jdbi,
      Logins logins,
      LoginLinks links,
      Accounts accounts,
      InitDataCheck check,
      Map<Long, BotKey> bots) {
    this.jdbi = jdbi;
    this.logins = logins;
    this.links = links;
    this.accounts = accounts;
    this.check = check;
    this.bots = bots;
  }

  OpenOutcome open(LoginId id, String initData, Secret tab) {
    return jdbi.inTransaction(handle -> open(handle, id, initData, tab));
  }

  private OpenOutcome open(Handle handle, LoginId id, String raw, Secret tab) {
    var login = logins.find(handle, id);
    if (login.isEmpty()) {
      return new OpenOutcome.Unknown();
    }
    var data = verified(raw, login.get().chat().map(chat -> bots.get(chat.botId())));
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

  private InitData verified(String raw, Optional<BotKey> bot) {
    if (bot.isEmpty()) {
      LOG.warn("event=open_refused reason=bot_not_configured");
      throw new Refused(Problem.INIT_DATA_INVALID);
    }
    return switch (check.check(raw, bot.get())) {
      case Verified(var data) -> data;
      case Stale _ -> throw new Refused(Problem.INIT_DATA_STALE);
      case Invalid(var reason) -> {
        LOG.info("event=open_refused reason={}", reason);
        throw new Refused(Problem.INIT_DATA_INVALID);
      }
    };
  }
}
