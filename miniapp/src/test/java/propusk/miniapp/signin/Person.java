package propusk.miniapp.signin;

import java.util.Optional;
import propusk.domain.DomainWorld;
import propusk.domain.account.Account;
import propusk.domain.account.AccountPhones;
import propusk.domain.account.Language;
import propusk.domain.account.PhoneNumber;
import propusk.domain.account.TelegramProfile;
import propusk.domain.account.TelegramUserId;
import propusk.domain.session.SealedSession;
import propusk.domain.session.SessionState;
import propusk.domain.session.TelegramSessionId;
import propusk.domain.signin.SignInId;
import propusk.domain.worker.WorkerId;
import propusk.domain.worker.WorkerProcess;
import propusk.miniapp.MiniAppWorld;

/// Somebody with a Telegram account that was connected here once; what the bot and a worker do for
/// them is done through the domain.
final class Person {
  private static long people = 5_000;

  final MiniAppWorld world;
  final Account account;
  final PhoneNumber number;

  Person(MiniAppWorld world) {
    this.world = world;
    long id = ++people;
    number = new PhoneNumber("+7912" + "%07d".formatted(id));
    account =
        world.domain.in(handle -> {
          var made =
              world.domain.accounts.wrote(
                  handle,
                  new TelegramProfile(
                      new TelegramUserId(id),
                      "Илья",
                      Optional.of("Козлов"),
                      Optional.of("ilya" + id),
                      Optional.of(Language.RU)),
                  DomainWorld.BOT);
          new AccountPhones(world.domain.sealer).remember(handle, made.id(), number);
          return made;
        });
  }

  /// Their Telegram session is saved, and has answered just now.
  Person connected() {
    world.domain.in(handle -> {
      world.domain.sessions.store(
          handle,
          TelegramSessionId.random(world.domain.tokens),
          account.id(),
          account.telegramId(),
          new SealedSession(new byte[] {1}, new byte[] {2}));
      return account;
    });
    return this;
  }

  /// A worker finds their session dead.
  void disconnected() {
    var worker = worker();
    world.domain.in(handle -> {
      var session = world.domain.sessions.findLive(handle, account.id()).orElseThrow();
      var lease = world.domain.sessions.lease(handle, session.id(), worker).orElseThrow();
      return world.domain.sessions.end(handle, lease, SessionState.REVOKED);
    });
  }

  /// A worker has asked Telegram, and it answered.
  void answered() {
    var worker = worker();
    world.domain.in(handle -> {
      var session = world.domain.sessions.findLive(handle, account.id()).orElseThrow();
      var lease = world.domain.sessions.lease(handle, session.id(), worker).orElseThrow();
      return world.domain.sessions.sealBack(handle, lease, lease.current());
    });
  }

  boolean isAskedAbout() {
    return world.domain.in(handle ->
        world
            .domain
            .sessions
            .findLive(handle, account.id())
            .filter(session -> session.checkWantedAt().isPresent())
            .isPresent());
  }

  WorkerId worker() {
    return world.domain.in(handle ->
        world.domain.workers.register(handle, new WorkerProcess(MiniAppWorld.HOST, 1, 1)));
  }

  /// In the bot: the right number.
  void says(String token) {
    world.domain.in(handle -> {
      var id = new SignInId(token);
      var number = world.domain.signIns.find(handle, id).orElseThrow().number();
      return world.domain.signIns.pick(handle, id, account.id(), number);
    });
  }

  void denies(String token) {
    world.domain.in(h -> world.domain.signIns.deny(h, new SignInId(token), account.id()));
  }
}
