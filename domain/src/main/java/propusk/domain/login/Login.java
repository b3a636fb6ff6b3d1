package propusk.domain.login;

import java.time.Instant;
import java.util.Optional;
import propusk.domain.account.Account;
import propusk.domain.plan.Plan;

/// A login as its row says.
///
/// @param account the person who asked for it: only this Telegram account may take it
/// @param plan what its invite grants; for a re-login the plan the account has, if any
/// @param version counts every change
/// @param deadline the page's end
/// @param botId the bot whose button opens it, and whose token signs its init data
public record Login(
    LoginId id,
    Account account,
    Purpose purpose,
    Optional<Plan> plan,
    LoginState state,
    long version,
    Instant createdAt,
    Instant deadline,
    long botId,
    long chatId) {

  public boolean live() {
    return !(state instanceof LoginState.Ended);
  }
}
