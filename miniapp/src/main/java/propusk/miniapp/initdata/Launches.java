package propusk.miniapp.initdata;

import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import propusk.miniapp.edge.Problem;
import propusk.miniapp.edge.Refused;
import propusk.miniapp.initdata.InitDataResult.Invalid;
import propusk.miniapp.initdata.InitDataResult.Stale;
import propusk.miniapp.initdata.InitDataResult.Verified;

/// Who opened the Mini App, by init data of our own bots; what proves nobody is [Refused].
public final class Launches {
  private static final Logger LOG = LoggerFactory.getLogger(Launches.class);

  private final InitDataCheck check;
  private final Map<Long, BotKey> bots;
  private final Map<Long, BotKey> ours;

  /// A launch by a button of this bot.
  public record Launch(InitData data, long botId) {}

  /// @param bots the keys of the bots we answer as, by the bot's id
  /// @param ours those of them that nobody but the service can sign with
  public Launches(InitDataCheck check, Map<Long, BotKey> bots, Map<Long, BotKey> ours) {
    this.check = check;
    this.bots = Map.copyOf(bots);
    this.ours = Map.copyOf(ours);
  }

  /// By a button of this very bot.
  public InitData by(long botId, String raw) {
    var key = Optional.ofNullable(bots.get(botId));
    if (key.isEmpty()) {
      LOG.warn("event=open_refused reason=bot_not_configured");
      throw new Refused(Problem.INIT_DATA_INVALID);
    }
    return verified(check.check(raw, key.get()));
  }

  /// By a button of any of our own bots: each signs with a key of its own. An organization's bot
  /// proves nobody here, as it leads to everything a person has.
  public Launch byAny(String raw) {
    InitDataResult last = new Invalid(InitDataResult.Reason.WRONG_HASH);
    for (var bot : ours.entrySet()) {
      last = check.check(raw, bot.getValue());
      if (!(last instanceof Invalid)) {
        return new Launch(verified(last), bot.getKey());
      }
    }
    throw refused(last);
  }

  private static InitData verified(InitDataResult result) {
    if (result instanceof Verified(var data)) {
      return data;
    }
    throw refused(result);
  }

  private static Refused refused(InitDataResult result) {
    return switch (result) {
      case Stale _ -> new Refused(Problem.INIT_DATA_STALE);
      case Invalid(var reason) -> {
        LOG.info("event=open_refused reason={}", reason);
        yield new Refused(Problem.INIT_DATA_INVALID);
      }
      case Verified _ -> throw new IllegalArgumentException("not refused");
    };
  }
}
