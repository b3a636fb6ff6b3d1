package propusk.mtproto.vault;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import propusk.domain.account.Accounts;
import propusk.domain.account.TelegramProfile;
import propusk.domain.session.SessionChecks;
import propusk.domain.session.TelegramSessionId;
import propusk.mtproto.client.Deadline;
import propusk.mtproto.client.Profiles;
import propusk.mtproto.client.TdHung;
import propusk.mtproto.client.TdRefused;
import propusk.mtproto.client.TdRequest;
import propusk.mtproto.client.TdSilent;
import propusk.mtproto.database.PatientDatabase;
import propusk.mtproto.worker.Rounds;

/// Asks saved sessions in the background whether they still live: the one that waited longest
/// first, at [CheckPace], a few side by side, and the ones that somebody waits for at once.
///
/// While many logins start the background checks wait: people come first. While Telegram is away
/// they come rarely: that is no end of a session. Its threads end with [#stop].
public final class HealthChecks {
  private static final Logger LOG = LoggerFactory.getLogger(HealthChecks.class);
  static final int PARALLEL = 4;
  private static final Duration LOOK = Duration.ofSeconds(5);
  private static final Duration COUNT_EVERY = Duration.ofMinutes(1);
  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
  private static final Duration END = Duration.ofSeconds(5);
  private static final int LONGEST_DOUBLING = 6;

  private final PatientDatabase database;
  private final SessionChecks checks;
  private final Accounts accounts;
  private final SessionVault vault;
  private final BooleanSupplier busy;
  private final Runnable hung;
  private final Map<TelegramSessionId, Thread> running = new ConcurrentHashMap<>();
  private final Map<Outcome, Long> done = new ConcurrentHashMap<>();
  private volatile SessionChecks.Figures figures =
      new SessionChecks.Figures(Map.of(), Optional.empty());
  private volatile Deadline quiet = Deadline.after(Duration.ZERO);
  private final AtomicInteger silences = new AtomicInteger();
  private final Rounds rounds = new Rounds("health-checks", this::pause, this::round);

  // Of the rounds only.
  private CheckPace pace = CheckPace.of(new SessionChecks.Load(0, 1));
  private Deadline counted = Deadline.after(Duration.ZERO);

  private long lookedAt = System.nanoTime();
  private double credit = 1;

  /// What came of a check.
  public enum Outcome {
    ALIVE,
    /// Revoked, deactivated, duplicated or damaged.
    OVER,
    UNREACHABLE,
    /// Another worker has it or has just made it, or the session ended meanwhile.
    SKIPPED
  }

  /// @param busy whether so many logins start that checks must wait
  /// @param hung called when TDLib hangs: the process must end
  public HealthChecks(
      PatientDatabase database,
      SessionChecks checks,
      Accounts accounts,
      SessionVault vault,
      BooleanSupplier busy,
      Runnable hung) {
    this.database = database;
    this.checks = checks;
    this.accounts = accounts;
    this.vault = vault;
    this.busy = busy;
    this.hung = hung;
  }

  public void start() {
    rounds.start();
  }

  public void hint(String ids) {
    rounds.wake();
  }

  /// For a counter.
  public long done(Outcome outcome) {
    return done.getOrDefault(outcome, 0L);
  }

  /// For gauges: of all workers together, a minute old at most.
  public SessionChecks.Figures figures() {
    return figures;
  }

  /// Checks under way are broken off; their sessions are given back.
  public void stop() throws InterruptedException {
    rounds.stop();
    running.values().forEach(Thread::interrupt);
    var deadline = Deadline.after(END);
    for (var each : running.values()) {
      if (!each.join(deadline.left())) LOG.warn("event=health_check_slow");
    }
  }

  private void round() throws InterruptedException {
    count();
    earn();
    var room = free();
    begin(database.inTransaction(handle -> checks.wanted(handle, room)));
    var may = Math.min(free(), (int) credit);
    if (may < 1 || busy.getAsBoolean() || !quiet.passed()) return;
    var due = database.inTransaction(handle -> checks.oldest(handle, pace.rest(), may));
    credit -= due.size();
    begin(due);
  }

  private void count() throws InterruptedException {
    if (!counted.passed()) return;
    pace = CheckPace.of(database.inTransaction(checks::load));
    figures = database.inTransaction(checks::figures);
    counted = Deadline.after(COUNT_EVERY);
  }

  /// Time earns checks; what was earned while there was nothing to do does not pile up.
  private void earn() {
    var now = System.nanoTime();
    credit = Math.min(PARALLEL, credit + (double) (now - lookedAt) / pace.slot().toNanos());
    lookedAt = now;
  }

  private Duration pause() {
    return pace.slot().compareTo(LOOK) < 0 ? pace.slot() : LOOK;
  }

  private int free() {
    return PARALLEL - running.size();
  }

  private void begin(List<SessionChecks.Due> found) {
    for (var due : found) {
      var id = due.id();
      var check = Thread.ofVirtual().name("check-" + id.value()).unstarted(() -> check(due));
      if (running.putIfAbsent(id, check) == null) check.start();
    }
  }

  private void check(SessionChecks.Due due) {
    var id = due.id();
    try {
      var outcome = ask(due);
      done.merge(outcome, 1L, Long::sum);
      LOG.debug("event=session_checked session={} outcome={}", id.value(), outcome);
    } catch (InterruptedException e) {
      LOG.debug("event=health_check_stopped session={}", id.value());
    } catch (TdHung e) {
      LOG.error("event=tdlib_hung session={}", id.value());
      hung.run();
    } catch (RuntimeException e) {
      LOG.error("event=health_check_failed session={}", id.value(), e);
      putOff(id);
    } finally {
      running.remove(id);
      rounds.wake();
    }
  }

  private void putOff(TelegramSessionId id) {
    try {
      database.inTransaction(handle -> {
        checks.unreachable(handle, id);
        return id;
      });
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Outcome ask(SessionChecks.Due due) throws InterruptedException {
    return switch (use(due)) {
      case VaultUse.Done<TelegramProfile>(var profile) -> {
        silences.set(0);
        database.inTransaction(handle -> {
          accounts.refresh(handle, profile);
          return profile.id();
        });
        yield Outcome.ALIVE;
      }
      case VaultUse.Over<TelegramProfile>(_) -> {
        silences.set(0);
        yield Outcome.OVER;
      }
      case VaultUse.Unreachable<TelegramProfile>() -> {
        putOff(due.id());
        rest();
        yield Outcome.UNREACHABLE;
      }
      case VaultUse.NotLeased<TelegramProfile>(), VaultUse.LeaseLost<TelegramProfile>() ->
          Outcome.SKIPPED;
    };
  }

  /// The vault has asked the server already; the name comes on top.
  private VaultUse<TelegramProfile> use(SessionChecks.Due due) throws InterruptedException {
    try {
      return vault.use(due, client -> Profiles.of(client.ask(new TdRequest.GetMe(), ANSWER)));
    } catch (TdRefused | TdSilent e) {
      return new VaultUse.Unreachable<>();
    }
  }

  /// Whoever fails now, the next would too: 10 s, 20 s, 40 s … 5 min of quiet.
  private void rest() {
    var times = Math.min(silences.getAndIncrement(), LONGEST_DOUBLING);
    var pause = Duration.ofSeconds(10L << times);
    quiet = Deadline.after(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
  }
}
