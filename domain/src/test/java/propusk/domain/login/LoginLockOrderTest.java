package propusk.domain.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import propusk.domain.DomainWorld;
import propusk.domain.account.Account;
import propusk.domain.account.TelegramProfile;
import propusk.domain.seal.Hashes;
import propusk.domain.seal.Secret;
import propusk.domain.session.SealedSession;
import propusk.domain.session.TelegramSessionId;
import propusk.domain.worker.WorkerProcess;

class LoginLockOrderTest {
  private static final String HOST = "host-a";
  private final DomainWorld world = new DomainWorld();
  private final Account ilya = world.person(139_883_458, "Илья");
  private final TelegramProfile profile =
      new TelegramProfile(
          ilya.telegramId(), "Илья", Optional.empty(), Optional.empty(), Optional.empty());

  @AfterEach
  void close() {
    world.close();
  }

  /// The bot holds the person's account when a command reaches for the login; the worker stores the
  /// session at that moment.
  @Test
  void aCommandWhileTheSessionIsStoredDeadlocksNeither() throws Exception {
    var claim = scanned();
    try (var worker = Executors.newVirtualThreadPerTaskExecutor()) {
      var completing =
          world.in(handle -> {
            world.accounts.seen(handle, profile);
            var started = worker.submit(() -> world.in(other -> complete(other, claim)));
            awaitWaiter();
            assertFalse(world.logins.cancelLive(handle, ilya.id()), "too late to stop it");
            return started;
          });
      assertEquals(new LoginState.Completed(), completing.get().orElseThrow().state());
    }
  }

  private Optional<Login> complete(Handle handle, Claim claim) {
    return world.runs.complete(
        handle,
        claim,
        TelegramSessionId.random(world.tokens),
        new SealedSession(new byte[] {1}, new byte[] {2}),
        profile,
        Optional.empty());
  }

  private Claim scanned() {
    var code = world.premiumInvite(1);
    var request = new LoginRequest(ilya, Optional.of(code), false, DomainWorld.BOT, 1);
    var granted =
        (RequestOutcome.Granted) world.in(handle -> world.logins.request(handle, request));
    world.in(handle ->
        world.logins.open(
            handle,
            granted.login().id(),
            ilya.telegramId(),
            Hashes.sha256("data"),
            new Secret("tab")));
    var worker = world.in(h -> world.workers.register(h, new WorkerProcess(HOST, 1, 1)));
    var claim = world.in(handle -> world.runs.claim(handle, worker, HOST, 1)).getFirst();
    var expiresAt = world.clock.instant().plusSeconds(30);
    var link = new Secret("tg://login?token=AAAA");
    world.in(handle -> world.runs.linked(handle, claim, link, expiresAt));
    world.in(handle -> world.runs.apply(handle, claim, new LoginEvent.Authorized()));
    return claim;
  }

  /// Until the other transaction waits for a lock of ours.
  private void awaitWaiter() {
    var deadline = Instant.now().plus(Duration.ofSeconds(20));
    while (world.count("SELECT count(*) FROM pg_locks WHERE NOT granted") == 0) {
      if (Instant.now().isAfter(deadline)) {
        throw new AssertionError("nobody waits");
      }
      Thread.onSpinWait();
    }
  }
}
