package propusk.mtproto.vault;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import propusk.domain.session.TelegramSessions;
import propusk.mtproto.client.TdHung;
import propusk.mtproto.database.PatientDatabase;
import propusk.mtproto.worker.Rounds;

/// Logs out at Telegram the saved sessions that are over here: replaced by a newer one, or ended by
/// their owner.
public final class PendingLogOuts {
  private static final Logger LOG = LoggerFactory.getLogger(PendingLogOuts.class);
  private static final Duration HEARTBEAT = Duration.ofSeconds(30);
  private static final int BATCH = 20;

  private final PatientDatabase database;
  private final TelegramSessions sessions;
  private final SessionVault vault;
  private final Runnable hung;
  private final Rounds rounds = new Rounds("session-log-outs", () -> HEARTBEAT, this::round);

  /// @param hung called when TDLib hangs: the process must end
  public PendingLogOuts(
      PatientDatabase database, TelegramSessions sessions, SessionVault vault, Runnable hung) {
    this.database = database;
    this.sessions = sessions;
    this.vault = vault;
    this.hung = hung;
  }

  public void start() {
    rounds.start();
  }

  public void hint(String ids) {
    rounds.wake();
  }

  public void stop() throws InterruptedException {
    rounds.stop();
  }

  private void round() throws InterruptedException {
    try {
      for (var id : database.inTransaction(handle -> sessions.awaitingLogOut(handle, BATCH))) {
        var outcome = vault.logOut(id).getClass().getSimpleName();
        LOG.info("event=session_log_out session={} outcome={}", id.value(), outcome);
      }
    } catch (TdHung e) {
      hung.run();
    }
  }
}
