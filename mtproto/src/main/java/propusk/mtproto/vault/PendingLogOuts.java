package propusk.mtproto.vault;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import propusk.domain.session.TelegramSessions;
import propusk.mtproto.client.TdHung;
import propusk.mtproto.database.PatientDatabase;

/// Logs out at Telegram the saved sessions that are over here: replaced by a newer one, or ended by
/// their owner.
public final class PendingLogOuts {
  private static final Logger LOG = LoggerFactory.getLogger(PendingLogOuts.class);
  private static final Duration HEARTBEAT = Duration.ofSeconds(30);
  private static final Duration END = Duration.ofSeconds(5);
  private static final int BATCH = 20;

  private final PatientDatabase database;
  private final TelegramSessions sessions;
  private final SessionVault vault;
  private final Runnable hung;
  private final BlockingQueue<Boolean> wake = new ArrayBlockingQueue<>(1);
  private final Thread thread =
      Thread.ofPlatform().name("session-log-outs").daemon().unstarted(this::serve);

  /// @param hung called when TDLib hangs: the process must end
  public PendingLogOuts(
      PatientDatabase database, TelegramSessions sessions, SessionVault vault, Runnable hung) {
    this.database = database;
    this.sessions = sessions;
    this.vault = vault;
    this.hung = hung;
  }

  public void start() {
    thread.start();
  }

  public void hint(String ids) {
    wake.offer(true);
  }

  public void stop() throws InterruptedException {
    thread.interrupt();
    thread.join(END);
  }

  private void serve() {
    try {
      while (true) {
        tick();
        wake.poll(HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      LOG.debug("event=log_outs_stopped");
    }
  }

  private void tick() throws InterruptedException {
    try {
      for (var id : database.inTransaction(handle -> sessions.awaitingLogOut(handle, BATCH))) {
        var outcome = vault.logOut(id).getClass().getSimpleName();
        LOG.info("event=session_log_out session={} outcome={}", id.value(), outcome);
      }
    } catch (TdHung e) {
      hung.run();
    } catch (RuntimeException e) {
      LOG.error("event=log_outs_failed", e);
    }
  }
}
