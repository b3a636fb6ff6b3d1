package propusk.domain.race;

import java.util.List;
import java.util.Optional;
import propusk.domain.DomainWorld;
import propusk.domain.account.Account;
import propusk.domain.account.Language;
import propusk.domain.account.TelegramProfile;
import propusk.domain.login.Claim;
import propusk.domain.login.Guesser;
import propusk.domain.login.LinkOutcome;
import propusk.domain.login.LoginEvent;
import propusk.domain.login.LoginId;
import propusk.domain.login.LoginRequest;
import propusk.domain.login.OpenOutcome;
import propusk.domain.login.PhoneLoginRequest;
import propusk.domain.login.RequestOutcome;
import propusk.domain.login.SecondScreen;
import propusk.domain.race.SingleUse.Attempt;
import propusk.domain.seal.Hashes;
import propusk.domain.seal.Secret;
import propusk.domain.session.SealedSession;
import propusk.domain.session.TelegramSessionId;
import propusk.domain.worker.WorkerProcess;

/// What counts once on the way of a login.
final class LoginUses {
  private static final String HOST = "host-a";

  private final DomainWorld world;
  private final People people;

  LoginUses(DomainWorld world, People people) {
    this.world = world;
    this.people = people;
  }

  List<SingleUse> all() {
    return List.of(
        new SingleUse("an invite of one use, by as many people", this::invite),
        new SingleUse("a login's page, opened in as many tabs", this::loginPage),
        new SingleUse("a page link for a second screen", this::pageLink),
        new SingleUse("a page code for a second screen", this::pageCode),
        new SingleUse("a link to the password page", this::passwordLink),
        new SingleUse("a login code on its way to Telegram", this::loginCode),
        new SingleUse("a completed login's entry", this::loginEntry));
  }

  private Attempt invite() {
    var code = world.premiumInvite(1);
    return (handle, who) -> {
      var person = people.inCrowd(who);
      var request =
          new LoginRequest(
              person, Optional.of(code), true, DomainWorld.BOT, person.telegramId().value());
      return world.logins.request(handle, request) instanceof RequestOutcome.Granted
          ? People.got(who)
          : Optional.empty();
    };
  }

  private Attempt loginPage() {
    var ilya = people.next();
    var id = requested(ilya);
    var data = Hashes.sha256(id.value());
    return (handle, who) ->
        world.logins.open(handle, id, ilya.telegramId(), data, new Secret("tab " + who))
                instanceof OpenOutcome.Opened
            ? People.got(who)
            : Optional.empty();
  }

  private Attempt pageLink() {
    var link = offered().link();
    return (handle, _) -> cookie(world.links.openByPageLink(handle, link, People.CHROME));
  }

  private Attempt pageCode() {
    var code = Optional.of(offered().code());
    return (handle, who) -> {
      var guesser = new Guesser(new Secret("browser " + who), "192.0.2." + who);
      return cookie(world.links.openByPageCode(handle, code, guesser, People.CHROME));
    };
  }

  private Attempt passwordLink() {
    var ilya = people.next();
    var id = requested(ilya);
    open(id, ilya);
    var claim = claim(id);
    var link = new Secret("tg://login?token=AAAA");
    world.in(h -> world.runs.linked(h, claim, link, world.clock.instant().plusSeconds(30)));
    world.in(h -> world.runs.apply(h, claim, new LoginEvent.PasswordAsked(Optional.empty())));
    var made = world.in(handle -> world.links.passwordLink(handle, id)).orElseThrow();
    return (handle, _) -> cookie(world.links.openByPasswordLink(handle, made, People.CHROME));
  }

  private Attempt loginCode() {
    var claim = byPhone();
    var code = new Secret("12345");
    world.in(handle -> world.logins.submitCode(handle, claim.login().id(), code));
    return (handle, who) -> world.runs.takeCode(handle, claim).flatMap(_ -> People.got(who));
  }

  /// One whose answer was lost may ask once more, as long as its cookie was not shown.
  private Attempt loginEntry() {
    var claim = byPhone();
    var ilya = people.next();
    var profile =
        new TelegramProfile(
            ilya.telegramId(), "Илья", Optional.empty(), Optional.empty(), Optional.empty());
    world.in(handle -> world.runs.authorizedByPhone(handle, claim, profile));
    world.in(handle ->
        world.runs.complete(
            handle,
            claim,
            TelegramSessionId.random(world.tokens),
            new SealedSession(new byte[] {1}, new byte[] {2}),
            profile,
            Optional.empty()));
    var login = claim.login().id();
    return (handle, _) -> {
      var entered = world.webSessions.enter(handle, login, ilya.id(), People.CHROME);
      entered.ifPresent(own -> world.webSessions.show(handle, own));
      return entered.map(Secret::value);
    };
  }

  private LoginId requested(Account person) {
    var request =
        new LoginRequest(
            person,
            Optional.of(world.premiumInvite(1)),
            true,
            DomainWorld.BOT,
            person.telegramId().value());
    var outcome = world.in(handle -> world.logins.request(handle, request));
    return ((RequestOutcome.Granted) outcome).login().id();
  }

  private void open(LoginId id, Account owner) {
    var data = Hashes.sha256(id.value());
    world.in(
        handle -> world.logins.open(handle, id, owner.telegramId(), data, world.tokens.secret()));
  }

  private SecondScreen.Offered offered() {
    var ilya = people.next();
    var id = requested(ilya);
    open(id, ilya);
    return (SecondScreen.Offered)
        world
            .in(handle -> {
              world.links.offer(handle, world.logins.find(handle, id).orElseThrow());
              return world.links.secondScreen(handle, world.logins.find(handle, id).orElseThrow());
            })
            .orElseThrow();
  }

  private Claim byPhone() {
    var request = new PhoneLoginRequest(People.NUMBER, Language.RU);
    var claim = claim(world.in(handle -> world.logins.requestByPhone(handle, request)).id());
    world.in(h -> world.runs.apply(h, claim, new LoginEvent.CodeAsked("sms", 6)));
    return claim;
  }

  /// What other rounds left waiting is taken along.
  private Claim claim(LoginId id) {
    return world
        .in(handle -> {
          var worker = world.workers.register(handle, new WorkerProcess(HOST, 1, 1));
          return world.runs.claim(handle, worker, HOST, 10_000);
        })
        .stream()
        .filter(claim -> claim.login().id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static Optional<String> cookie(LinkOutcome outcome) {
    return outcome instanceof LinkOutcome.Opened(var own)
        ? Optional.of(own.value())
        : Optional.empty();
  }
}
