package propusk.mtproto.login;

import java.time.Instant;
import java.util.Optional;
import propusk.domain.account.PhoneNumber;
import propusk.domain.account.TelegramProfile;
import propusk.domain.account.TelegramUserId;
import propusk.domain.login.Claim;
import propusk.domain.login.Login;
import propusk.domain.login.LoginEvent;
import propusk.domain.login.LoginRuns;
import propusk.domain.login.Scratch;
import propusk.domain.seal.Secret;
import propusk.domain.session.SealedSession;
import propusk.domain.session.TelegramSessionId;
import propusk.mtproto.database.PatientDatabase;

/// The row of one claimed login. Every call throws [ClaimLost] when another worker has taken it.
final class ClaimedLogin {
  private final PatientDatabase database;
  private final LoginRuns runs;
  private final Claim claim;

  ClaimedLogin(PatientDatabase database, LoginRuns runs, Claim claim) {
    this.database = database;
    this.runs = runs;
    this.claim = claim;
  }

  /// As it was when claimed.
  Login asClaimed() {
    return claim.login();
  }

  Optional<Scratch> scratch() {
    return claim.scratch();
  }

  Login look() throws InterruptedException {
    return held(database.inTransaction(handle -> runs.look(handle, claim)));
  }

  Login apply(LoginEvent event) throws InterruptedException {
    return held(database.inTransaction(handle -> runs.apply(handle, claim, event)));
  }

  Login refuseScan(TelegramUserId scanner) throws InterruptedException {
    return held(database.inTransaction(handle -> runs.refuseScan(handle, claim, scanner)));
  }

  Login linked(Secret link, Instant expiresAt) throws InterruptedException {
    return held(database.inTransaction(handle -> runs.linked(handle, claim, link, expiresAt)));
  }

  /// The number of a phone login; empty when it has ended.
  Optional<PhoneNumber> phone() throws InterruptedException {
    return database.inTransaction(handle -> runs.phone(handle, claim));
  }

  /// What was handed in, once.
  Optional<Secret> takePassword() throws InterruptedException {
    return database.inTransaction(handle -> runs.takePassword(handle, claim));
  }

  /// What was handed in, once.
  Optional<Secret> takeCode() throws InterruptedException {
    return database.inTransaction(handle -> runs.takeCode(handle, claim));
  }

  Login askAgain() throws InterruptedException {
    return held(database.inTransaction(handle -> runs.askAgain(handle, claim)));
  }

  Login authorizedByPhone(TelegramProfile profile) throws InterruptedException {
    return held(database.inTransaction(handle -> runs.authorizedByPhone(handle, claim, profile)));
  }

  void startScratch(Scratch scratch) throws InterruptedException {
    kept(database.inTransaction(handle -> runs.startScratch(handle, claim, scratch)));
  }

  void scratchGone() throws InterruptedException {
    kept(database.inTransaction(handle -> runs.scratchGone(handle, claim)));
  }

  /// Harmless twice: a login that is Completed stays so.
  Login complete(
      TelegramSessionId id,
      SealedSession sealed,
      TelegramProfile profile,
      Optional<PhoneNumber> phone)
      throws InterruptedException {
    return held(
        database.inTransaction(handle -> runs.complete(handle, claim, id, sealed, profile, phone)));
  }

  private static Login held(Optional<Login> login) {
    return login.orElseThrow(ClaimLost::new);
  }

  private static void kept(boolean claimed) {
    if (!claimed) throw new ClaimLost();
  }
}
