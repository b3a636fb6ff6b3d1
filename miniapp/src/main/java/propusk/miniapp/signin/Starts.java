package propusk.miniapp.signin;

import java.util.Optional;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import propusk.domain.account.Account;
import propusk.domain.account.AccountId;
import propusk.domain.account.AccountPhones;
import propusk.domain.account.Accounts;
import propusk.domain.account.PhoneHashes;
import propusk.domain.account.PhoneNumber;
import propusk.domain.account.TelegramUserId;
import propusk.domain.device.DeviceId;
import propusk.domain.device.DeviceOutcome;
import propusk.domain.device.TrustedDevice;
import propusk.domain.device.TrustedDevices;
import propusk.domain.seal.Secret;
import propusk.domain.signin.Approvals;
import propusk.domain.signin.BeginOutcome;
import propusk.domain.websession.LoginVia;
import propusk.domain.websession.WebSessions;

/// A browser's wish to enter by phone number, or by being known. A number proves nothing: the
/// proofs are, in this order, init data of the person who has it, the cookie of a remembered
/// browser of theirs, their yes in the bot. The first two let in at once, if their Telegram session
/// lives.
final class Starts {
  private final Parts parts;

  /// What it stands on.
  record Parts(
      Jdbi jdbi,
      Accounts accounts,
      AccountPhones phones,
      PhoneHashes hashes,
      Approvals approvals,
      TrustedDevices devices,
      WebSessions webSessions,
      LiveSessions liveSessions) {}

  /// @param device the remembered browser that proves it, with its next cookie
  private record Proof(AccountId account, Optional<Device> device, boolean retired) {}

  private record Device(DeviceId id, Secret successor) {}

  Starts(Parts parts) {
    this.parts = parts;
  }

  /// @param inside whom verified init data name, good for this one entry
  Started byNumber(PhoneNumber number, Optional<TelegramUserId> inside, From from) {
    return proof(Optional.of(number), inside, from)
        .flatMap(proof -> enter(proof, from))
        .orElseGet(() -> ask(number, from));
  }

  /// Without a number: only a browser that is known gets in.
  Started resume(From from) {
    return proof(Optional.empty(), Optional.empty(), from)
        .flatMap(proof -> enter(proof, from))
        .orElseGet(Started.Unproven::new);
  }

  private Optional<Proof> proof(
      Optional<PhoneNumber> number, Optional<TelegramUserId> inside, From from) {
    return parts
        .jdbi()
        .inTransaction(handle -> {
          var holder =
              number
                  .flatMap(typed -> parts.phones().holder(handle, parts.hashes().of(typed)))
                  .flatMap(id -> parts.accounts().find(handle, id));
          return holder
              .filter(account -> inside.filter(account.telegramId()::equals).isPresent())
              .map(account -> new Proof(account.id(), Optional.empty(), false))
              .or(() -> byDevice(handle, number, holder, from));
        });
  }

  private Optional<Proof> byDevice(
      Handle handle, Optional<PhoneNumber> number, Optional<Account> holder, From from) {
    Predicate<TrustedDevice> asked =
        number.isPresent()
            ? device -> holder.filter(it -> it.id().equals(device.account())).isPresent()
            : device -> !device.resting();
    return from.device()
        .flatMap(cookie ->
            switch (parts.devices().use(handle, cookie, from.browser(), asked)) {
              case DeviceOutcome.Known(var device, var successor) ->
                  Optional.of(
                      new Proof(
                          device.account(),
                          Optional.of(new Device(device.id(), successor)),
                          false));
              case DeviceOutcome.Retired(var device) ->
                  Optional.of(new Proof(device.account(), Optional.empty(), true));
              case DeviceOutcome.NotThis _, DeviceOutcome.Stolen _, DeviceOutcome.Unknown _ ->
                  Optional.empty();
            });
  }

  /// Empty: the proof was withdrawn while Telegram was asked.
  private Optional<Started> enter(Proof proof, From from) {
    var live =
        proof.retired() ? LiveSessions.Liveness.GONE : parts.liveSessions().ask(proof.account());
    var device = proof.device().map(Device::successor);
    return parts
        .jdbi()
        .inTransaction(handle -> {
          var held = parts.accounts().hold(handle, proof.account());
          if (held.isEmpty()) {
            return Optional.empty();
          }
          var account = held.get();
          if (live == LiveSessions.Liveness.GONE) {
            return Optional.of(new Started.Dead(account, device));
          }
          if (proof.device().filter(it -> !parts.devices().counts(handle, it.id())).isPresent()) {
            return Optional.empty();
          }
          var session =
              parts
                  .webSessions()
                  .enter(handle, LoginVia.TELEGRAM_DIRECT, account.id(), from.browser());
          proof
              .device()
              .ifPresent(it -> parts.webSessions().openedBy(handle, session, it.id().value()));
          // The browser changes hands: what it was signed in with before counts no more.
          from.session().ifPresent(earlier -> parts.webSessions().revoke(handle, earlier));
          return Optional.of(
              new Started.In(account, session, device, live == LiveSessions.Liveness.ALIVE));
        });
  }

  /// The same for a number that nobody has.
  private Started ask(PhoneNumber number, From from) {
    var outcome =
        parts
            .jdbi()
            .<BeginOutcome, RuntimeException>inTransaction(
                handle -> parts.approvals().ask(handle, number, from.request()));
    return switch (outcome) {
      case BeginOutcome.Begun(var signIn) -> new Started.Asked(signIn);
      case BeginOutcome.Limited(var until) -> new Started.TooMany(until);
    };
  }
}
