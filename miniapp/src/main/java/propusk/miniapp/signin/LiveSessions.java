package propusk.miniapp.signin;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import propusk.domain.account.AccountId;
import propusk.domain.session.SessionChecks;
import propusk.domain.session.TelegramSession;
import propusk.domain.session.TelegramSessions;
import propusk.miniapp.push.Waits;

/// Whether an account's saved Telegram session lives, by Telegram's own word: one of the last
/// minute counts, else a worker asks while we wait. They meet in the session's row.
final class LiveSessions {
  static final Duration FRESH = Duration.ofMinutes(1);
  static final Duration PATIENCE = Duration.ofSeconds(8);

  private final Jdbi jdbi;
  private final TelegramSessions sessions;
  private final SessionChecks checks;
  private final InstantSource clock;
  private final Waits waits;

  enum Liveness {
    ALIVE,
    /// There is none, or it has just been found dead.
    GONE,
    /// Telegram, or every worker, is away: nobody knows.
    UNREACHABLE
  }

  LiveSessions(Jdbi jdbi, TelegramSessions sessions, InstantSource clock, Waits waits) {
    this.jdbi = jdbi;
    this.sessions = sessions;
    this.checks = new SessionChecks(clock);
    this.clock = clock;
    this.waits = waits;
  }

  Liveness ask(AccountId account) {
    var found = read(account);
    if (found.isEmpty()) {
      return Liveness.GONE;
    }
    var before = found.get();
    if (isFresh(before)) {
      return Liveness.ALIVE;
    }
    boolean asked =
        jdbi.inTransaction(
            handle -> checks.load(handle).workers() > 0 && sessions.requestCheck(handle, account));
    if (!asked) {
      return read(account).isEmpty() ? Liveness.GONE : Liveness.UNREACHABLE;
    }
    var after =
        waits.await(
            Long.toString(account.value()),
            PATIENCE,
            () -> read(account),
            now -> now.filter(session -> isStillAsked(before, session)).isEmpty());
    return after
        .map(now -> isNewer(before, now) ? Liveness.ALIVE : Liveness.UNREACHABLE)
        .orElse(Liveness.GONE);
  }

  private Optional<TelegramSession> read(AccountId account) {
    return jdbi.withHandle(handle -> sessions.findLive(handle, account));
  }

  private boolean isFresh(TelegramSession session) {
    return session.checkedAt().filter(at -> at.isAfter(clock.instant().minus(FRESH))).isPresent();
  }

  private static boolean isStillAsked(TelegramSession before, TelegramSession now) {
    return !isNewer(before, now) && now.checkWantedAt().isPresent();
  }

  /// Telegram has answered on it since, or it is another one, just made.
  private static boolean isNewer(TelegramSession before, TelegramSession now) {
    return !now.id().equals(before.id()) || !now.checkedAt().equals(before.checkedAt());
  }
}
