package propusk.domain.login;

import java.time.Instant;
import java.util.Optional;
import propusk.domain.account.Account;
import propusk.domain.account.Language;
import propusk.domain.plan.Plan;

/// A login as its row says.
///
/// @param account the person who asked for it: only this Telegram account may take it. A phone
///   login has none until Telegram has let somebody in
/// @param plan what its invite grants; for a re-login the plan the account has, if any
/// @param version counts every change
/// @param deadline the page's end; while it waits for a worker the page's time does not run
/// @param waitingSince since when it waits for its first worker; empty once one has taken it
/// @param chat where it was asked for; a phone login has none
public record Login(
    LoginId id,
    Optional<Account> account,
    Purpose purpose,
    Optional<Plan> plan,
    LoginState state,
    long version,
    Instant createdAt,
    Instant deadline,
    Optional<Instant> waitingSince,
    Optional<LoginChat> chat,
    Language language) {

  public boolean live() {
    return !(state instanceof LoginState.Ended);
  }

  /// This login's next version.
  Login next(LoginState newState, Instant newDeadline, Optional<Instant> newWaitingSince) {
    return new Login(
        id,
        account,
        purpose,
        plan,
        newState,
        version + 1,
        createdAt,
        newDeadline,
        newWaitingSince,
        chat,
        language);
  }
}
