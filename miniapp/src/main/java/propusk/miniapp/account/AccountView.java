package propusk.miniapp.account;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import propusk.domain.account.Account;
import propusk.domain.device.TrustedDevice;
import propusk.domain.seal.Hashes;
import propusk.domain.session.TelegramSession;
import propusk.domain.subscription.Subscription;
import propusk.domain.usage.PlanLimit;
import propusk.domain.websession.WebSession;

/// All that a person may see of their account, as the rows said it at one moment.
///
/// @param telegram the session that lives, or else the last one
/// @param browsers that are signed in, the one seen last first
/// @param devices that are known again without a question
/// @param leaving since when all of it is being erased
public record AccountView(
    Instant at,
    Account account,
    Optional<Subscription> subscription,
    Map<PlanLimit, Integer> used,
    Optional<TelegramSession> telegram,
    List<WebSession> browsers,
    List<TrustedDevice> devices,
    Optional<Instant> leaving) {

  /// Changes with what a page that is being looked at should show anew. What is used does not
  /// count: a product that reports often would keep a forgotten page busy.
  String stamp() {
    var telegram =
        telegram().stream()
            .map(session ->
                List.of(
                    session.id(),
                    session.state(),
                    session.checkedAt(),
                    session.checkWantedAt(),
                    session.checkFailures()))
            .toList();
    var browsers = browsers().stream().map(WebSession::id).sorted(this::byName).toList();
    var plan = subscription().map(held -> held.plan().code() + held.activatedAt());
    var known = devices().stream().map(TrustedDevice::id).sorted(this::byName).toList();
    var text = List.of(account(), telegram, browsers, known, plan, leaving()).toString();
    return HexFormat.of().formatHex(Hashes.sha256(text.getBytes(UTF_8)), 0, 8);
  }

  private int byName(Object one, Object other) {
    return one.toString().compareTo(other.toString());
  }

  boolean active() {
    return subscription().filter(held -> held.active(at)).isPresent();
  }
}
