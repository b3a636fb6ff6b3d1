package propusk.mtproto.login;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import propusk.domain.account.Account;
import propusk.domain.account.TelegramUserId;
import propusk.domain.login.Failure;
import propusk.domain.login.LoginEvent;
import propusk.domain.login.LoginState;
import propusk.domain.login.Purpose;
import propusk.domain.seal.SealedDamaged;
import propusk.domain.session.TelegramSessionId;
import propusk.mtproto.client.Profiles;
import propusk.mtproto.client.TdHung;
import propusk.mtproto.client.TdRefused;
import propusk.mtproto.client.TdRequest;
import propusk.mtproto.client.TelegramClient;
import propusk.mtproto.scratch.ScratchDirectory;
import propusk.mtproto.vault.SessionFiles;

/// One claimed login, from its client's start to a sealed session or an end, on a thread of its
/// own.
///
/// Files in scratch are wiped only after they are sealed, or after the log-out. Whatever stops the
/// run otherwise leaves them: the next claim opens the same files first, because the scan may have
/// landed.
final class LoginRun {
  private static final Logger LOG = LoggerFactory.getLogger(LoginRun.class);
  private static final Duration LOCAL = Duration.ofSeconds(10);

  /// Several round trips to a far data centre, or one that is down.
  private static final Duration SETTLE = Duration.ofSeconds(10);

  private final ClaimedLogin row;
  private final LoginTools tools;
  private final LoginEnd end;
  private volatile @Nullable TelegramClient client;
  private @Nullable LoginScratch scratch;

  LoginRun(ClaimedLogin row, LoginTools tools) {
    this.row = row;
    this.tools = tools;
    this.end = new LoginEnd(row, tools);
  }

  /// A hint from any thread.
  void rowChanged() {
    var open = client;
    if (open != null) open.rowChanged();
  }

  /// @throws TdHung when only the end of the process helps
  void run() throws InterruptedException {
    try {
      var kept = kept();
      if (row.asClaimed().live()) {
        logIn(kept);
      } else if (kept.isPresent()) {
        afterTheEnd(kept.get(), row.asClaimed().state());
      } else {
        row.scratchGone();
      }
    } catch (ClaimLost e) {
      LOG.warn("event=claim_lost login={}", id());
      var open = client;
      if (open != null) open.close();
    } catch (TdHung e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.error("event=login_run_broken login={}", id(), e);
      breakOff();
    }
  }

  /// What an earlier run left, if it can be opened.
  private Optional<LoginScratch> kept() {
    if (row.scratch().isEmpty()) return Optional.empty();
    var left = row.scratch().get();
    try {
      return Optional.of(LoginScratch.of(row.asClaimed().id(), left, tools.vault()));
    } catch (SealedDamaged e) {
      LOG.error("event=scratch_key_lost login={}", id());
      ScratchDirectory.at(left.path()).wipe();
      return Optional.empty();
    }
  }

  private void afterTheEnd(LoginScratch left, LoginState state) throws InterruptedException {
    if (state instanceof LoginState.Completed) {
      // Sealed already: a log-out now would end the saved session.
      end.wipe(left);
    } else {
      end.logOutFrom(left);
    }
  }

  private void logIn(Optional<LoginScratch> kept) throws InterruptedException {
    try (var start = new Start(tools.starts())) {
      var resumed = kept.isPresent() && resume(kept.get());
      if (resumed || startOver(kept)) watch(resumed, start);
    }
  }

  private boolean resume(LoginScratch left) throws InterruptedException {
    if (!left.directory().exists()) return false;
    try {
      client = tools.clients().open(left.directory().path(), left.databaseKey());
      scratch = left;
      LOG.info("event=login_resumed login={}", id());
      return true;
    } catch (TdRefused e) {
      LOG.error("event=scratch_unusable login={} error={}", id(), e.error());
      return false;
    }
  }

  /// False: the login ended while it waited for its place, and nothing was begun.
  private boolean startOver(Optional<LoginScratch> kept) throws InterruptedException {
    kept.ifPresent(left -> left.directory().wipe());
    if (!row.apply(new LoginEvent.StartedOver()).live()) {
      row.scratchGone();
      return false;
    }
    var warm = tools.warm().take();
    var fresh =
        warm.map(WarmClients.Warm::scratch)
            .orElseGet(() -> LoginScratch.choose(tools.scratchRoot(), tools.tokens()));
    client = warm.map(WarmClients.Warm::client).orElse(null);
    // In the row before there is anything to scan: after a crash the files are found again.
    row.startScratch(fresh.toRow(row.asClaimed().id(), tools.host(), tools.vault()));
    scratch = fresh;
    if (client == null) {
      ScratchDirectory.create(fresh.directory().path());
      client = tools.clients().open(fresh.directory().path(), fresh.databaseKey());
    }
    return true;
  }

  private void watch(boolean resumed, Start start) throws InterruptedException {
    var open = opened(client);
    var files = opened(scratch);
    var turn = new LoginWatch(row, open, tools, resumed, start::close).untilTurn();
    // Past its start, link or no link; and an end may need a place for a client of its own.
    start.close();
    switch (turn) {
      case Turn.SomebodyIn _ -> finish(open, files);
      case Turn.RowEnded _ -> end.logOut(open, files);
      case Turn.Refusal(var event) -> end.refuse(open, files, event);
    }
  }

  /// The first invariant: until the id is known to be one that may take this login, the only thing
  /// done is to log out.
  private void finish(TelegramClient open, LoginScratch files) throws InterruptedException {
    var in = new TelegramUserId(open.myId(LOCAL));
    var owner = row.asClaimed().account().map(Account::telegramId);
    if (owner.filter(id -> !id.equals(in)).isPresent()) {
      end.refuseScan(open, files, in);
      return;
    }
    var user = open.ask(new TdRequest.GetMe(), LOCAL);
    var profile = Profiles.of(user);
    var authorized =
        row.asClaimed().purpose() instanceof Purpose.PhoneLogin
            ? row.authorizedByPhone(profile)
            : row.apply(new LoginEvent.Authorized());
    if (!(authorized.state() instanceof LoginState.Finalizing)) {
      end.logOut(open, files);
      return;
    }
    if (!open.settle(SETTLE)) LOG.warn("event=login_unsettled login={}", id());
    open.close();
    var binlog = files.directory().readSynced(tools.clients().binlog(files.directory().path()));
    var session = TelegramSessionId.random(tools.tokens());
    var sealed = tools.seal().seal(session, in, new SessionFiles(files.databaseKey(), binlog));
    var login = row.complete(session, sealed, profile, Profiles.phone(user));
    if (login.state() instanceof LoginState.Completed) {
      end.wipe(files);
    } else {
      end.logOutFrom(files);
    }
  }

  private void breakOff() throws InterruptedException {
    // A worker that is stopping breaks its runs, not their logins: the successor goes on.
    if (Thread.interrupted()) throw new InterruptedException();
    try {
      var files = scratch;
      var open = client;
      var broken = new LoginEvent.Refused(Failure.RUN_BROKEN);
      if (files == null) {
        row.apply(broken);
      } else if (row.look().state() instanceof LoginState.Completed) {
        end.wipe(files);
      } else if (open != null && !open.isClosed()) {
        end.refuse(open, files, broken);
      } else {
        row.apply(broken);
        end.logOutFrom(files);
      }
    } catch (ClaimLost e) {
      LOG.warn("event=claim_lost login={}", id());
    }
  }

  private String id() {
    return row.asClaimed().id().value();
  }

  private static <T> T opened(@Nullable T part) {
    if (part == null) throw new IllegalStateException("the client is not open");
    return part;
  }
}
