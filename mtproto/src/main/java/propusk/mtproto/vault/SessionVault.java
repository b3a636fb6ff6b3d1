package propusk.mtproto.vault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import propusk.domain.seal.SealedDamaged;
import propusk.domain.seal.Tokens;
import propusk.domain.session.LeasedSession;
import propusk.domain.session.SealedSession;
import propusk.domain.session.SessionChecks;
import propusk.domain.session.SessionState;
import propusk.domain.session.TelegramSessionId;
import propusk.domain.session.TelegramSessions;
import propusk.domain.worker.WorkerId;
import propusk.mtproto.client.TdHung;
import propusk.mtproto.client.TdRefused;
import propusk.mtproto.client.TdRequest;
import propusk.mtproto.client.TelegramClient;
import propusk.mtproto.client.TelegramClients;
import propusk.mtproto.scratch.ScratchDirectory;
import propusk.mtproto.vault.SessionOpening.Found;

/// Opens saved Telegram sessions for a moment: lease, unseal into scratch, work, close, seal back,
/// wipe.
///
/// One worker has a session at a time. What a crash leaves in scratch is dropped: the stored
/// version still works.
public final class SessionVault {
  private static final Logger LOG = LoggerFactory.getLogger(SessionVault.class);
  private static final Duration COMPACT = Duration.ofSeconds(10);
  private static final Duration LOG_OUT = Duration.ofSeconds(20);
  private static final long COMPACT_ABOVE = 32_768;

  /// A session whose use lost its worker this often in a row is not opened again.
  static final int LOST_USES = 3;

  private final Jdbi jdbi;
  private final TelegramSessions sessions;
  private final SessionSeal seal;
  private final TelegramClients clients;
  private final SessionOpening opening;
  private final WorkerId worker;
  private final Path scratchRoot;
  private final Tokens tokens;
  private final ReadWriteLock suspects = new ReentrantReadWriteLock();

  /// @param scratchRoot this worker's own directory for open sessions
  public SessionVault(
      Jdbi jdbi,
      TelegramSessions sessions,
      SessionSeal seal,
      TelegramClients clients,
      WorkerId worker,
      Path scratchRoot,
      Tokens tokens) {
    this.jdbi = jdbi;
    this.sessions = sessions;
    this.seal = seal;
    this.clients = clients;
    this.opening = new SessionOpening(clients);
    this.worker = worker;
    this.scratchRoot = scratchRoot;
    this.tokens = tokens;
  }

  /// Does the work with an open session that Telegram has just answered on.
  ///
  /// @throws propusk.mtproto.client.TdHung when TDLib hangs: the session then stays leased as long
  ///   as this process lives
  public <R> VaultUse<R> use(TelegramSessionId id, VaultWork<R> work) throws InterruptedException {
    return use(handle -> sessions.lease(handle, id, worker), work);
  }

  /// The same for a check; [VaultUse.NotLeased] also when somebody has made it meanwhile.
  public <R> VaultUse<R> use(SessionChecks.Due due, VaultWork<R> work) throws InterruptedException {
    return use(handle -> sessions.lease(handle, due, worker), work);
  }

  private interface Lease {
    Optional<LeasedSession> take(Handle handle);
  }

  private <R> VaultUse<R> use(Lease taking, VaultWork<R> work) throws InterruptedException {
    return opened(
        taking,
        (lease, scratch, files, client) -> {
          R answer;
          byte[] key;
          try {
            answer = work.with(client);
            key = compacted(scratch, files, client);
          } catch (TdRefused e) {
            if (!(SessionOpening.over(e.error()) instanceof Found.Over(var state))) {
              giveBack(lease, client);
              throw e;
            }
            client.close();
            return over(lease, state);
          } catch (RuntimeException | InterruptedException e) {
            giveBack(lease, client);
            throw e;
          }
          client.close();
          // TDLib deletes its files when it learns that the session was ended at Telegram.
          if (!Files.exists(clients.binlog(scratch.path())))
            return over(lease, SessionState.REVOKED);
          return sealBack(lease, scratch, key)
              ? new VaultUse.Done<>(answer)
              : new VaultUse.LeaseLost<>();
        });
  }

  /// Ends a session at Telegram, and then here.
  public VaultUse<SessionState> logOut(TelegramSessionId id) throws InterruptedException {
    return opened(
        handle -> sessions.lease(handle, id, worker),
        (lease, scratch, files, client) -> {
          if (client.logOut(LOG_OUT)) return over(lease, SessionState.ENDED);
          giveBack(lease, client);
          return new VaultUse.Unreachable<>();
        });
  }

  private interface Opened<R> {
    VaultUse<R> with(
        LeasedSession lease, ScratchDirectory scratch, SessionFiles files, TelegramClient client)
        throws InterruptedException;
  }

  private <R> VaultUse<R> opened(Lease taking, Opened<R> work) throws InterruptedException {
    var leased = jdbi.inTransaction(taking::take);
    if (leased.isEmpty()) return new VaultUse.NotLeased<>();
    var lease = leased.get();
    if (lease.lostUses() >= LOST_USES) return over(lease, SessionState.QUARANTINED);
    // One that was open when its worker was lost is opened alone: if it happens again it was this
    // one, and no other is suspected.
    var place = lease.lostUses() > 0 ? suspects.writeLock() : suspects.readLock();
    place.lockInterruptibly();
    try {
      return opened(lease, work);
    } catch (TdHung e) {
      throw e;
    } catch (RuntimeException | InterruptedException e) {
      release(lease);
      throw e;
    } finally {
      place.unlock();
    }
  }

  private <R> VaultUse<R> opened(LeasedSession lease, Opened<R> work) throws InterruptedException {
    for (var version : versions(lease)) {
      var unsealed = unseal(lease, version);
      if (unsealed.isEmpty()) continue;
      var files = unsealed.get();
      var scratch = ScratchDirectory.create(scratchRoot.resolve(tokens.id()));
      try {
        switch (opening.open(scratch, files)) {
          case Found.Live(var client) -> {
            return work.with(lease, scratch, files, client);
          }
          case Found.Over(var state) -> {
            return over(lease, state);
          }
          case Found.Unreachable _ -> {
            release(lease);
            return new VaultUse.Unreachable<>();
          }
          case Found.Damaged _ ->
              LOG.error(
                  "event=session_damaged session={} version={}",
                  lease.session().id().value(),
                  lease.session().version());
        }
      } finally {
        scratch.wipe();
      }
    }
    return over(lease, SessionState.DAMAGED);
  }

  private static List<SealedSession> versions(LeasedSession lease) {
    return Stream.concat(Stream.of(lease.current()), lease.previous().stream()).toList();
  }

  private Optional<SessionFiles> unseal(LeasedSession lease, SealedSession version) {
    try {
      var session = lease.session();
      return Optional.of(seal.open(session.id(), session.telegramId(), version));
    } catch (SealedDamaged e) {
      LOG.error("event=session_seal_broken session={}", lease.session().id().value());
      return Optional.empty();
    }
  }

  /// The binlog grows with every use; a new database key makes TDLib write it anew.
  private byte[] compacted(ScratchDirectory scratch, SessionFiles files, TelegramClient client)
      throws InterruptedException {
    var binlog = clients.binlog(scratch.path());
    if (!Files.exists(binlog) || size(binlog) < COMPACT_ABOVE) return files.databaseKey();
    var key = tokens.bytes(SessionFiles.KEY);
    client.ask(new TdRequest.SetDatabaseEncryptionKey(key), COMPACT);
    return key;
  }

  private boolean sealBack(LeasedSession lease, ScratchDirectory scratch, byte[] databaseKey) {
    var session = lease.session();
    var binlog = scratch.readSynced(clients.binlog(scratch.path()));
    var sealed =
        seal.seal(session.id(), session.telegramId(), new SessionFiles(databaseKey, binlog));
    return jdbi.inTransaction(handle -> sessions.sealBack(handle, lease, sealed));
  }

  private <R> VaultUse<R> over(LeasedSession lease, SessionState state) {
    var ended = jdbi.inTransaction(handle -> sessions.end(handle, lease, state));
    LOG.info("event=session_over session={} state={}", lease.session().id().value(), state);
    return ended ? new VaultUse.Over<>(state) : new VaultUse.LeaseLost<>();
  }

  private void giveBack(LeasedSession lease, TelegramClient client) throws InterruptedException {
    client.close();
    release(lease);
  }

  private void release(LeasedSession lease) {
    jdbi.useTransaction(handle -> sessions.release(handle, lease));
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
