package propusk.miniapp.phone;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import propusk.domain.account.Account;
import propusk.domain.account.Language;
import propusk.domain.account.TelegramProfile;
import propusk.domain.login.Claim;
import propusk.domain.login.LoginEvent;
import propusk.domain.seal.Secret;
import propusk.domain.session.SealedSession;
import propusk.domain.session.TelegramSessionId;
import propusk.domain.worker.WorkerId;
import propusk.domain.worker.WorkerProcess;
import propusk.miniapp.MiniAppWorld;

/// Moves logins by phone on as a worker does: through the domain.
final class Telegram {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final MiniAppWorld world;
  private final WorkerId worker;

  Telegram(MiniAppWorld world) {
    this.world = world;
    var process = new WorkerProcess(MiniAppWorld.HOST, 1, 1);
    worker = world.domain.in(handle -> world.domain.workers.register(handle, process));
  }

  /// The answer to a request that is made while `meanwhile` goes on.
  static <T> T meanwhile(Supplier<T> request, Runnable meanwhile) {
    var answer = CompletableFuture.supplyAsync(request);
    meanwhile.run();
    return answer.join();
  }

  /// Takes the login that waits for a worker.
  Claim claim() {
    return await(() ->
        world
            .domain
            .in(handle -> world.domain.runs.claim(handle, worker, MiniAppWorld.HOST, 1))
            .stream()
            .findFirst());
  }

  void apply(Claim claim, LoginEvent event) {
    world.apply(claim, event);
  }

  Secret code(Claim claim) {
    return await(() -> world.domain.in(handle -> world.domain.runs.takeCode(handle, claim)));
  }

  Secret password(Claim claim) {
    return await(() -> world.domain.in(handle -> world.domain.runs.takePassword(handle, claim)));
  }

  /// Lets this account in, and saves its session.
  void authorize(Claim claim, Account account) {
    var profile =
        new TelegramProfile(
            account.telegramId(),
            account.firstName(),
            account.lastName(),
            account.username(),
            Optional.of(Language.RU));
    world.domain.in(handle -> world.domain.runs.authorizedByPhone(handle, claim, profile));
    world.domain.in(handle ->
        world.domain.runs.complete(
            handle,
            claim,
            TelegramSessionId.random(world.domain.tokens),
            new SealedSession(new byte[] {1}, new byte[] {2}),
            profile,
            Optional.empty()));
  }

  static <T> T await(Supplier<Optional<T>> read) {
    var end = Instant.now().plus(PATIENCE);
    while (Instant.now().isBefore(end)) {
      var found = read.get();
      if (found.isPresent()) {
        return found.get();
      }
      LockSupport.parkNanos(5_000_000);
    }
    throw new AssertionError("nothing came");
  }
}
