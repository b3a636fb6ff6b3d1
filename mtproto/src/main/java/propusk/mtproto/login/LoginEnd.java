package propusk.mtproto.login;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import propusk.domain.account.TelegramUserId;
import propusk.domain.login.Login;
import propusk.domain.login.LoginEvent;
import propusk.mtproto.client.TdRefused;
import propusk.mtproto.client.TelegramClient;

/// How a login ends without a saved session: logged out at Telegram, waited for, wiped.
///
/// The log-out is sent even where nobody seems to be in: a scan may have landed a moment ago.
final class LoginEnd {
  private static final Logger LOG = LoggerFactory.getLogger(LoginEnd.class);

  /// After this time the person is told, and the log-out goes on behind it.
  private static final Duration LOG_OUT = Duration.ofSeconds(20);

  private static final Duration UNREACHABLE = Duration.ofMinutes(1);

  private final ClaimedLogin row;
  private final LoginTools tools;

  LoginEnd(ClaimedLogin row, LoginTools tools) {
    this.row = row;
    this.tools = tools;
  }

  void refuse(TelegramClient client, LoginScratch scratch, LoginEvent.Refused why)
      throws InterruptedException {
    end(client, scratch, () -> row.apply(why));
  }

  /// Another account than the opener's is in.
  void refuseScan(TelegramClient client, LoginScratch scratch, TelegramUserId scanner)
      throws InterruptedException {
    end(client, scratch, () -> row.refuseScan(scanner));
  }

  /// What is told once the log-out was sent.
  private interface Telling {
    Login tell() throws InterruptedException;
  }

  private void end(TelegramClient client, LoginScratch scratch, Telling telling)
      throws InterruptedException {
    var closed = client.logOut(LOG_OUT);
    telling.tell();
    if (!closed) awaitLoggedOut(client);
    wipe(scratch);
  }

  void logOut(TelegramClient client, LoginScratch scratch) throws InterruptedException {
    if (!client.logOut(LOG_OUT)) awaitLoggedOut(client);
    wipe(scratch);
  }

  /// The same on files whose client is gone.
  void logOutFrom(LoginScratch scratch) throws InterruptedException {
    if (scratch.directory().exists()) {
      try {
        logOut(reopened(scratch), scratch);
        return;
      } catch (TdRefused e) {
        LOG.warn(
            "event=scratch_unusable login={} error={}", row.asClaimed().id().value(), e.error());
      }
    }
    wipe(scratch);
  }

  private TelegramClient reopened(LoginScratch scratch) throws InterruptedException {
    try (var _ = new Start(tools.starts())) {
      return tools.clients().open(scratch.directory().path(), scratch.databaseKey());
    }
  }

  void wipe(LoginScratch scratch) throws InterruptedException {
    scratch.directory().wipe();
    row.scratchGone();
  }

  /// TDLib sends it again by itself as soon as Telegram can be reached.
  private void awaitLoggedOut(TelegramClient client) throws InterruptedException {
    while (!client.awaitClosed(UNREACHABLE)) {
      LOG.warn("event=log_out_pending login={}", row.asClaimed().id().value());
    }
  }
}
