package propusk.domain.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import propusk.domain.DomainWorld;
import propusk.domain.account.Account;
import propusk.domain.account.AccountPhones;
import propusk.domain.account.Language;
import propusk.domain.account.PhoneNumber;
import propusk.domain.account.TelegramProfile;
import propusk.domain.account.TelegramUserId;
import propusk.domain.login.LoginState.AwaitingCode;
import propusk.domain.login.LoginState.Completed;
import propusk.domain.login.LoginState.Finalizing;
import propusk.domain.seal.Secret;
import propusk.domain.session.SealedSession;
import propusk.domain.session.TelegramSessionId;
import propusk.domain.worker.WorkerProcess;

class PhoneLoginTest {
  private static final String HOST = "host-a";
  private static final PhoneNumber NUMBER = new PhoneNumber("+79123456789");
  private final DomainWorld world = new DomainWorld();
  private final AccountPhones phones = new AccountPhones(world.sealer);

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void itBelongsToNobodyUntilTelegramHasLetSomebodyIn() {
    var claim = begun();
    assertEquals(Optional.empty(), claim.login().account());
    assertEquals(Optional.empty(), claim.login().chat());
    assertEquals(Optional.of(NUMBER), world.in(handle -> world.runs.phone(handle, claim)));
    asked(claim);
    var ilya = world.person(139_883_458, "Илья");
    authorized(claim, ilya);
    assertEquals(Optional.of(ilya), find(claim).account());
    assertInstanceOf(Completed.class, complete(claim, ilya).state());
    assertEquals(Optional.of(NUMBER), world.in(handle -> phones.find(handle, ilya.id())));
    assertEquals(0, world.count("SELECT count(*) FROM login_secret"));
    assertEquals(0, world.count("SELECT count(*) FROM subscription"), "it grants nothing");
  }

  @Test
  void aCodeIsTakenOnceAndOnlyWhileItIsAskedFor() {
    var claim = begun();
    var id = claim.login().id();
    assertEquals(Submitted.NOT_ASKED, submit(id));
    asked(claim);
    assertEquals(Submitted.ACCEPTED, submit(id));
    assertEquals(
        Submitted.NOT_ASKED,
        world.in(handle -> world.logins.submitPassword(handle, id, new Secret("pass"))));
    assertEquals(
        Optional.of(new Secret("12345")), world.in(handle -> world.runs.takeCode(handle, claim)));
    assertEquals(Optional.empty(), world.in(handle -> world.runs.takeCode(handle, claim)));
    world.clock.advance(LoginDoor.CODE_LIFE);
    assertEquals(Submitted.NOT_ASKED, submit(id), "late, though nobody has swept yet");
  }

  @Test
  void whatWasHandedInWhileAnotherWasCheckedGoesWithItsAnswer() {
    var claim = begun();
    asked(claim);
    submit(claim.login().id());
    world.in(handle -> world.runs.takeCode(handle, claim));
    submit(claim.login().id());
    world.in(handle -> world.runs.apply(handle, claim, new LoginEvent.CodeRefused()));
    assertEquals(new AwaitingCode("sms", 6, 2), find(claim).state());
    assertEquals(Optional.empty(), world.in(handle -> world.runs.takeCode(handle, claim)));
  }

  @Test
  void askedAgainThePageHearsOfItUnlessSomethingIsStillToBeTaken() {
    var claim = begun();
    asked(claim);
    var version = find(claim).version();
    var again = world.in(handle -> world.runs.askAgain(handle, claim)).orElseThrow();
    assertEquals(version + 1, again.version());
    assertEquals(new AwaitingCode("sms", 6, 3), again.state());
    submit(claim.login().id());
    var waiting = world.in(handle -> world.runs.askAgain(handle, claim)).orElseThrow();
    assertEquals(version + 1, waiting.version());
  }

  @Test
  void aCancelledLoginForgetsTheNumberAndWhatWasHandedIn() {
    var claim = begun();
    asked(claim);
    submit(claim.login().id());
    world.in(handle ->
        world.runs.apply(handle, claim, new LoginEvent.Stopped(LoginState.CancelledBy.PERSON)));
    assertEquals(0, world.count("SELECT count(*) FROM login_secret"));
    assertEquals(Optional.empty(), world.in(handle -> world.runs.takeCode(handle, claim)));
  }

  @Test
  void aNumberOfAnotherAccountIsRefusedAndLaterOnItIsTheLastOnes() {
    var before = world.person(1, "Анна");
    world.in(handle -> {
      phones.remember(handle, before.id(), NUMBER);
      return true;
    });
    var claim = begun();
    asked(claim);
    var ilya = world.person(139_883_458, "Илья");
    var refused = world.in(handle -> world.runs.authorizedByPhone(handle, claim, profile(ilya)));
    assertEquals(
        new LoginState.Failed(Failure.WRONG_ACCOUNT, Optional.empty()),
        refused.orElseThrow().state());
    world.in(handle -> {
      phones.remember(handle, ilya.id(), NUMBER);
      return true;
    });
    assertEquals(Optional.empty(), world.in(handle -> phones.find(handle, before.id())));
  }

  @Test
  void somebodyNewGetsTheLanguageTheyReadAndWhoIsKnownKeepsTheirs() {
    var claim = begun();
    asked(claim);
    var ilya =
        new TelegramProfile(
            new TelegramUserId(139_883_458),
            "Илья",
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    world.in(handle -> world.runs.authorizedByPhone(handle, claim, ilya));
    assertEquals(
        Language.RU, world.in(h -> world.accounts.find(h, ilya.id())).orElseThrow().language());
    var english = world.in(h -> world.accounts.seen(h, ilya, Language.EN));
    assertEquals(Language.RU, english.language());
  }

  @Test
  void byPhoneAndByQrAtOnceDoNotHinderEachOther() {
    var ilya = world.person(139_883_458, "Илья");
    var request =
        new LoginRequest(ilya, Optional.of(world.premiumInvite(1)), false, DomainWorld.BOT, 1);
    world.in(handle -> world.logins.request(handle, request));
    var claim = begun();
    asked(claim);
    authorized(claim, ilya);
    assertTrue(world.<Boolean>in(handle -> world.logins.cancelLive(handle, ilya.id())));
    assertInstanceOf(Completed.class, complete(claim, ilya).state());
  }

  private Claim begun() {
    var request = new PhoneLoginRequest(NUMBER, Language.RU);
    world.in(handle -> world.logins.requestByPhone(handle, request));
    var worker = world.in(h -> world.workers.register(h, new WorkerProcess(HOST, 1, 1)));
    return world.in(handle -> world.runs.claim(handle, worker, HOST, 1)).getFirst();
  }

  private void asked(Claim claim) {
    world.in(handle -> world.runs.apply(handle, claim, new LoginEvent.CodeAsked("sms", 6)));
  }

  private void authorized(Claim claim, Account account) {
    var login =
        world
            .in(handle -> world.runs.authorizedByPhone(handle, claim, profile(account)))
            .orElseThrow();
    assertEquals(new Finalizing(), login.state());
  }

  private Submitted submit(LoginId id) {
    return world.in(handle -> world.logins.submitCode(handle, id, new Secret("12345")));
  }

  private Login complete(Claim claim, Account account) {
    return world
        .in(handle ->
            world.runs.complete(
                handle,
                claim,
                TelegramSessionId.random(world.tokens),
                new SealedSession(new byte[] {1}, new byte[] {2}),
                profile(account),
                Optional.of(NUMBER)))
        .orElseThrow();
  }

  private Login find(Claim claim) {
    return world.in(handle -> world.logins.find(handle, claim.login().id())).orElseThrow();
  }

  private static TelegramProfile profile(Account account) {
    return new TelegramProfile(
        account.telegramId(),
        account.firstName(),
        account.lastName(),
        account.username(),
        Optional.empty());
  }
}
