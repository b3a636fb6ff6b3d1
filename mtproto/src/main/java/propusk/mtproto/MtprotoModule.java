package propusk.mtproto;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import propusk.domain.account.Accounts;
import propusk.domain.notify.Channel;
import propusk.domain.session.SessionChecks;
import propusk.domain.session.SessionState;
import propusk.mtproto.client.Tdlib;
import propusk.mtproto.client.TelegramClients;
import propusk.mtproto.client.TelegramServers;
import propusk.mtproto.database.PatientDatabase;
import propusk.mtproto.login.LoginTools;
import propusk.mtproto.login.RunningLogins;
import propusk.mtproto.login.WarmClients;
import propusk.mtproto.scratch.ScratchDirectory;
import propusk.mtproto.scratch.WorkerDirectories;
import propusk.mtproto.tdlib.NativeTdJson;
import propusk.mtproto.vault.HealthChecks;
import propusk.mtproto.vault.PendingLogOuts;
import propusk.mtproto.vault.SessionSeal;
import propusk.mtproto.vault.SessionVault;
import propusk.mtproto.worker.Recycling;
import propusk.mtproto.worker.WorkerLease;

/// One worker process' whole work: TDLib, login runs, the session vault, and the lease under which
/// all of it counts.
///
/// [#start] once, [#close] once. When the lease is lost or TDLib hangs the module ends the process
/// itself: that is the only way to be sure that no client lives on.
public final class MtprotoModule implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MtprotoModule.class);
  private static final Duration CLOSE = Duration.ofSeconds(10);

  /// Within the 15 s between giving up and the lease's end.
  private static final Duration LAST_CLOSE = Duration.ofSeconds(4);

  private static final int LOST = 70;

  /// The exit code of a process that has done its share: its supervisor starts the next.
  private static final int RECYCLED = 75;

  /// More clients at once only wait for each other's key exchange.
  private static final int STARTS = 8;

  private final MtprotoDependencies needs;
  private final WorkerLease lease;
  private final Tdlib tdlib;
  private final SessionVault vault;
  private final WarmClients warm;
  private final RunningLogins logins;
  private final PendingLogOuts logOuts;
  private final HealthChecks checks;
  private final Recycling recycling;
  private final AtomicBoolean ending = new AtomicBoolean();

  /// Ends lost workers of this host, registers this one and loads TDLib; runs nothing yet.
  public MtprotoModule(MtprotoDependencies needs) throws InterruptedException {
    this.needs = needs;
    var state = needs.stateDirectory().toAbsolutePath();
    var database = new PatientDatabase(needs.jdbi());
    lease =
        WorkerLease.take(
            needs.jdbi(),
            needs.workers(),
            needs.host(),
            needs.rules().atOnce(),
            needs.nanoTime(),
            this::giveUp);
    var logs = new WorkerDirectories(state.resolve("log"));
    tdlib =
        Tdlib.start(
            library(needs, state),
            ScratchDirectory.create(logs.of(lease.id()).resolve("tdlib")).path());
    var clients = new TelegramClients(tdlib, needs.servers(), needs.api(), needs.version());
    var seal = new SessionSeal(needs.vault(), needs.tokens());
    var opened = new WorkerDirectories(state.resolve("vault"));
    var loggingIn = new WorkerDirectories(state.resolve("login"));
    wipeLeftovers(logs, opened, loggingIn);
    vault =
        new SessionVault(
            needs.jdbi(),
            needs.sessions(),
            seal,
            clients,
            lease.id(),
            opened.of(lease.id()),
            needs.tokens());
    warm = new WarmClients(clients, needs.tokens(), loggingIn.of(lease.id()));
    var starts = new Semaphore(STARTS);
    var tools =
        new LoginTools(
            clients,
            needs.vault(),
            seal,
            needs.tokens(),
            needs.clock(),
            starts,
            warm,
            needs.rules(),
            loggingIn.of(lease.id()),
            needs.host());
    logins =
        new RunningLogins(
            database, needs.logins(), needs.loginRuns(), tools, lease.id(), this::giveUp);
    logOuts = new PendingLogOuts(database, needs.sessions(), vault, this::giveUp);
    recycling =
        new Recycling(tdlib::openedClients, logins::count, needs.rules().clients(), this::recycle);
    checks =
        new HealthChecks(
            database,
            new SessionChecks(needs.clock()),
            new Accounts(),
            vault,
            () -> starts.availablePermits() < STARTS / 2,
            this::giveUp);
  }

  public void start() {
    recycling.start();
    needs.notifications().on(Channel.LOGIN, logins::hint);
    needs.notifications().on(Channel.SESSION, logOuts::hint);
    needs.notifications().on(Channel.SESSION, checks::hint);
    lease.start();
    logins.start();
    logOuts.start();
    checks.start();
    warm.start();
  }

  /// Saved sessions, for a moment each.
  public SessionVault vault() {
    return vault;
  }

  /// For a gauge.
  public int runningLogins() {
    return logins.count();
  }

  /// No further check begins; everything else goes on.
  void stopChecking() throws InterruptedException {
    checks.stop();
  }

  /// For a gauge: saved sessions in this state.
  public long sessions(SessionState state) {
    return checks.figures().byState().getOrDefault(state, 0L);
  }

  /// For a gauge: how long ago the live session that waits longest was last checked.
  public Duration oldestCheck() {
    return checks
        .figures()
        .oldest()
        .map(checked -> Duration.between(checked, needs.clock().instant()))
        .orElse(Duration.ZERO);
  }

  /// For counters: checks of saved sessions since the start, by what came of them.
  public long sessionChecks(HealthChecks.Outcome outcome) {
    return checks.done(outcome);
  }

  /// For a gauge.
  public int openClients() {
    return tdlib.openClients();
  }

  /// Stops the runs, closes every client (no session is logged out), then says goodbye: in this
  /// order, so that a successor finds the files free.
  @Override
  public void close() {
    if (!ending.compareAndSet(false, true)) return;
    recycling.close();
    try {
      warm.stop();
      logOuts.stop();
      checks.stop();
      logins.stop();
      if (!tdlib.close(CLOSE)) {
        LOG.error("event=tdlib_not_closed clients={}", tdlib.openClients());
        needs.exit().accept(LOST);
      }
      lease.close();
    } catch (InterruptedException e) {
      LOG.error("event=worker_close_interrupted");
      needs.exit().accept(LOST);
    }
  }

  private void recycle() {
    close();
    needs.exit().accept(RECYCLED);
  }

  private static NativeTdJson library(MtprotoDependencies needs, Path state) {
    var directory = ScratchDirectory.ensure(state);
    return switch (needs.servers()) {
      case TelegramServers.Production _ -> needs.library().load();
      case TelegramServers.Sandbox sandbox ->
          needs.library().loadForSandbox(sandbox.publicKeyPem(), directory);
    };
  }

  private void wipeLeftovers(
      WorkerDirectories logs, WorkerDirectories opened, WorkerDirectories loggingIn) {
    needs
        .jdbi()
        .useTransaction(handle -> {
          var living = needs.workers().open(handle);
          logs.wipeLeftovers(living, Set.of());
          opened.wipeLeftovers(living, Set.of());
          var named = Set.copyOf(needs.loginRuns().scratchPaths(handle, needs.host()));
          loggingIn.wipeLeftovers(living, named);
        });
  }

  /// The lease is lost or TDLib hangs: close what closes, then leave, whatever is left.
  private void giveUp() {
    if (!ending.compareAndSet(false, true)) return;
    Thread.ofPlatform()
        .name("give-up")
        .start(() -> {
          try {
            logins.interrupt();
            var closed = tdlib.close(LAST_CLOSE);
            LOG.error("event=worker_gave_up closed={}", closed);
          } catch (InterruptedException e) {
            LOG.error("event=worker_gave_up closed=false");
          } finally {
            needs.exit().accept(LOST);
          }
        });
  }
}
