package propusk.miniapp.signin;

import java.util.HexFormat;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import propusk.domain.account.TelegramUserId;
import propusk.domain.signin.LaunchUses;
import propusk.miniapp.edge.Problem;
import propusk.miniapp.edge.Refused;
import propusk.miniapp.edge.Requests;
import propusk.miniapp.initdata.Launches;
import tools.jackson.databind.JsonNode;

/// Whom a launch of the Mini App names, where a browser hands in its init data to enter by it: of
/// any of our bots, and once.
final class Launched {
  private final Jdbi jdbi;
  private final Launches launches;
  private final LaunchUses uses;

  Launched(SignInWay.Parts parts) {
    jdbi = parts.jdbi();
    launches = parts.launches();
    uses = new LaunchUses(parts.clock());
  }

  /// Empty: there is no init data.
  Optional<TelegramUserId> by(JsonNode body) {
    return Requests.findText(body, "init_data")
        .map(raw -> {
          var data = launches.byAny(raw).data();
          var fingerprint = HexFormat.of().parseHex(data.fingerprint());
          boolean first = jdbi.inTransaction(handle -> uses.first(handle, fingerprint));
          if (!first) {
            throw new Refused(Problem.INIT_DATA_STALE);
          }
          return data.user().id();
        });
  }
}
