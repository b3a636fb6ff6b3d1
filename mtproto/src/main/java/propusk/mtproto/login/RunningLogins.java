package propusk.mtproto.login;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import propusk.domain.login.Claim;
import propusk.domain.login.LoginId;
import propusk.domain.login.LoginRuns;
import propusk.domain.login.Logins;
import propusk.domain.notify.Notifications;
import propusk.domain.worker.WorkerId;
import propusk.mtproto.client.Deadline;
import propusk.mtproto.client.TdHung;
import propusk.mtproto.database.PatientDatabase;
import propusk.mtproto.worker.Rounds;

/// The logins that this worker runs: claimed as hints come and on a heartbeat, each on a virtual
/// thread.
public final class RunningLogins {
  private static final Logger LOG = LoggerFactory.getLogger(RunningLogins.class);
  private static final Duration HEARTBEAT = Duration.ofSeconds(1);
  private static final Duration END = Duration.ofSeconds(5);
  private static final Duration TELL = Duration.ofSeconds(3);
  private static final int BATCH = 32;

  private final PatientDatabase database;
  private final Logins logins;
  private final LoginRuns runs;
  private final LoginTools tools;
  private final WorkerId worker;
  private final Runnable hung;
  private Deadline told = Deadline.after(Duration.ZERO);
  private final Map<LoginId, Running> running = new ConcurrentHashMap<>();
  private final Rounds rounds = new Rounds("logins", () -> HEARTBEAT, this::round);

  private record Running(LoginRun run, Thread thread) {}

  /// @param hung called when TDLib hangs: the process must end
  public RunningLogins(
      PatientDatabase database,
      Logins logins,
      LoginRuns runs,
      LoginTools tools,
      WorkerId worker,
      Runnable hung) {
    this.database = database;
    this.logins = logins;
    this.runs = runs;
    this.tools = tools;
    this.worker = worker;
    this.hung = hung;
  }

  public void start() {
    rounds.start();
  }

  public int count() {
    return running.size();
  }

  /// A hint from the database: an id, or [Notifications#EVERYTHING].
  public void hint(String ids) {
    if (ids.equals(Notifications.EVERYTHING)) {
      running.values().forEach(each -> each.run().rowChanged());
    } else {
      for (var id : ids.split(",")) {
        LoginId.parse(id).map(running::get).ifPresent(each -> each.run().rowChanged());
      }
    }
    rounds.wake();
  }

  /// Stops claiming and every run; what they had in scratch stays for the next worker.
  public void stop() throws InterruptedException {
    rounds.stop();
    interrupt();
    var deadline = Deadline.after(END);
    for (var each : running.values()) {
      if (!each.thread().join(deadline.left())) LOG.warn("event=login_run_slow");
    }
  }

  /// The same without waiting: before clients are closed under the runs, which would take that for
  /// an end.
  public void interrupt() {
    rounds.interrupt();
    running.values().forEach(each -> each.thread().interrupt());
  }

  private void round() throws InterruptedException {
    database.inTransaction(logins::endOverdue);
    var free = Math.min(BATCH, tools.rules().atOnce() - running.size());
    if (free <= 0) {
      tellQueue();
      return;
    }
    database
        .inTransaction(handle -> runs.claim(handle, worker, tools.host(), free))
        .forEach(this::begin);
  }

  /// Positions move as others end.
  private void tellQueue() throws InterruptedException {
    if (!told.passed()) return;
    told = Deadline.after(TELL);
    database.inTransaction(handle -> {
      runs.tellQueue(handle);
      return true;
    });
  }

  private void begin(Claim claim) {
    var id = claim.login().id();
    var run = new LoginRun(new ClaimedLogin(database, runs, claim), tools);
    LOG.info(
        "event=login_claimed login={} epoch={} phase={} scratch={}",
        id.value(),
        claim.epoch(),
        claim.login().state().phase(),
        claim.scratch().isPresent());
    var thread = Thread.ofVirtual().name("login-" + id.value()).unstarted(() -> runToEnd(id, run));
    running.put(id, new Running(run, thread));
    thread.start();
  }

  private void runToEnd(LoginId id, LoginRun run) {
    try {
      run.run();
    } catch (InterruptedException e) {
      LOG.debug("event=login_run_stopped login={}", id.value());
    } catch (TdHung e) {
      LOG.error("event=tdlib_hung login={}", id.value());
      hung.run();
    } catch (RuntimeException e) {
      LOG.error("event=login_run_lost login={}", id.value(), e);
    } finally {
      running.remove(id);
    }
  }
}
