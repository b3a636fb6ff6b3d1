package propusk.domain.registration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import propusk.domain.DomainWorld;
import propusk.domain.account.Account;
import propusk.domain.account.AccountId;
import propusk.domain.account.PhoneNumber;
import propusk.domain.browser.BrowserInfo;
import propusk.domain.outbox.Chat;
import propusk.domain.registration.RegistrationState.CodeSent;
import propusk.domain.seal.Secret;

class RegistrationsTest {
  private static final BrowserInfo CHROME =
      new BrowserInfo(Optional.of("Chrome"), Optional.of("Windows"), Optional.empty());
  private static final PhoneNumber NUMBER = new PhoneNumber("+79991234567");
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final DomainWorld world = new DomainWorld();
  private final Registrations registrations = world.registrations;
  private final Account ilya = world.person(1, "Илья");

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void whoSharesTheirContactAndTypesTheCodeInTheSameBrowserIsRegisteredAndSignedIn() {
    var begun = begin("Test User");
    assertEquals("pending", find(begun).state().phase());
    assertInstanceOf(OpenOutcome.Asked.class, open(begun, ilya));
    assertInstanceOf(ContactOutcome.Received.class, contact(ilya, NUMBER));
    assertEquals("contact_received", find(begun).state().phase());
    assertEquals(1, world.count("SELECT count(*) FROM outbox WHERE kind = 'registration_code'"));
    var code = newCode(begun);
    assertEquals("code_sent", find(begun).state().phase());
    assertEquals(Optional.of(NUMBER), find(begun).phone());

    var in = assertInstanceOf(VerifyOutcome.Registered.class, verify(begun.cookie(), code.value()));
    assertEquals(ilya.id(), in.account().id());
    var session = world.in(handle -> world.webSessions.show(handle, in.session())).orElseThrow();
    assertEquals(ilya.id(), session.account());
    assertEquals(Optional.empty(), session.organization());
    assertInstanceOf(VerifyOutcome.NotAsked.class, verify(begun.cookie(), code.value()), "once");
  }

  @Test
  void neitherCodeNorNumberNorCookieIsStoredInClear() {
    var begun = begin("Илья");
    open(begun, ilya);
    contact(ilya, NUMBER);
    var code = newCode(begun).value();
    for (var secret : List.of(code, "9991234567", begun.cookie().value())) {
      assertEquals(
          0,
          world.count(
              "SELECT (SELECT count(*) FROM registration r WHERE r::text LIKE '%%%s%%')"
                      .formatted(secret)
                  + " + (SELECT count(*) FROM customer c WHERE c::text LIKE '%%%s%%')"
                      .formatted(secret)));
    }
  }

  /// Threat T12.
  @Test
  void aCodeHasFiveTriesAndThreeCodesAreAllThereIs() {
    var begun = begin("Илья");
    open(begun, ilya);
    contact(ilya, NUMBER);
    var code = newCode(begun).value();
    assertInstanceOf(ResendOutcome.TooEarly.class, resend(begun));
    for (int left = 4; left >= 0; left--) {
      assertEquals(new VerifyOutcome.Wrong(left), verify(begun.cookie(), other(code)));
    }
    assertEquals(new VerifyOutcome.Wrong(0), verify(begun.cookie(), code), "a dead one is dead");
    for (int more = 0; more < 2; more++) {
      world.clock.advance(MINUTE);
      assertInstanceOf(ResendOutcome.Sending.class, resend(begun));
      assertEquals("contact_received", find(begun).state().phase());
      var next = newCode(begun).value();
      if (!next.equals(code)) {
        assertEquals(
            new VerifyOutcome.Wrong(4), verify(begun.cookie(), code), "an old one is dead");
      }
    }
    world.clock.advance(MINUTE);
    assertInstanceOf(ResendOutcome.NoMore.class, resend(begun));
    assertEquals(3, world.count("SELECT count(*) FROM outbox WHERE kind = 'registration_code'"));
  }

  @Test
  void anotherBrowserGetsNothingWithTheCodeAndAnotherPersonNothingWithTheLink() {
    var begun = begin("Илья");
    var anna = world.person(2, "Анна");
    open(begun, ilya);
    assertInstanceOf(OpenOutcome.Taken.class, open(begun, anna));
    assertInstanceOf(ContactOutcome.NotAsked.class, contact(anna, NUMBER));
    contact(ilya, NUMBER);
    assertInstanceOf(ContactOutcome.NotAsked.class, contact(ilya, NUMBER), "once");
    var code = newCode(begun).value();
    var foreign = begin("Ева");
    assertInstanceOf(VerifyOutcome.NotAsked.class, verify(foreign.cookie(), code));
    assertInstanceOf(VerifyOutcome.NotAsked.class, verify(new Secret("nobody"), code));
    assertInstanceOf(VerifyOutcome.Registered.class, verify(begun.cookie(), code));
  }

  /// Threat T28.
  @Test
  void aNumberThatAnotherIdUsedBeforeIsNotMergedAndNobodyLearnsOfIt() {
    var anna = world.person(2, "Анна");
    var first = register(begin("Илья"), ilya);
    var second = register(begin("Анна"), anna);
    assertNotEquals(first.customer(), second.customer());
    assertNotEquals(first.account().id(), second.account().id());
    assertEquals(2, world.count("SELECT count(*) FROM customer"));
    assertEquals(1, world.count("SELECT count(DISTINCT phone_hash) FROM customer"));
    var again = register(begin("Илья"), ilya);
    assertEquals(first.customer(), again.customer(), "the same person is the same customer");
  }

  /// Threat T27.
  @Test
  void aContactThatAnOrganizationVouchesForIsGoodForItsPagesOnly() {
    var shore = world.organization("north-shore").id();
    var own = register(begin("Илья"), ilya);
    var begun = begin("Илья");
    var made =
        assertInstanceOf(
            VouchOutcome.CodeMade.class,
            world.in(handle ->
                registrations.vouch(
                    handle,
                    begun.registration().id(),
                    shore,
                    ilya,
                    new PhoneNumber("+79990000000"))));
    var in =
        assertInstanceOf(
            VerifyOutcome.Registered.class, verify(begun.cookie(), made.code().value()));
    assertTrue(world.in(handle -> world.webSessions.show(handle, in.session())).isEmpty());
    assertTrue(
        world.in(handle -> world.webSessions.showTo(handle, shore, in.session())).isPresent());
    assertNotEquals(own.customer(), in.customer(), "its word does not change what is ours");
    assertInstanceOf(
        VouchOutcome.Gone.class,
        world.in(
            handle -> registrations.vouch(handle, begun.registration().id(), shore, ilya, NUMBER)));
  }

  @Test
  void afterTenMinutesItIsOver() {
    var begun = begin("Илья");
    open(begun, ilya);
    world.clock.advance(Registrations.LIFE);
    assertInstanceOf(ContactOutcome.NotAsked.class, contact(ilya, NUMBER));
    assertInstanceOf(OpenOutcome.Gone.class, open(begun, ilya));
    assertEquals(1, world.<Integer>in(registrations::endOverdue));
    assertEquals("expired", find(begun).state().phase());
    world.clock.advance(MINUTE);
    assertEquals(
        1, world.<Integer>in(handle -> registrations.forget(handle, world.clock.instant())));
  }

  @Test
  void whoBeginsTooOftenIsToldUntilWhen() {
    for (int i = 0; i < 20; i++) {
      begin("Илья");
    }
    var closed =
        assertInstanceOf(
            BeginOutcome.Closed.class,
            world.in(handle ->
                registrations.begin(handle, new CustomerName("Илья"), CHROME, "203.0.113.7")));
    assertEquals(world.clock.instant().plus(Duration.ofHours(1)), closed.until());
  }

  @Test
  void namesHaveTwoLettersAndOneLine() {
    assertEquals("Анна-Мария О", CustomerName.parse(" Анна-Мария \t О ").orElseThrow().value());
    for (var bad : List.of("", "A", " - ", "1 2", "A\u0007b\u0000", "x".repeat(65))) {
      assertFalse(CustomerName.parse(bad).isPresent(), bad);
    }
  }

  @Test
  void theChartHasEveryTransition() throws IOException {
    var chart =
        Files.readString(
            Path.of("src/main/java/propusk/domain/registration/registration-states.md"));
    var by = new AccountId(1);
    var now = world.clock.instant();
    var states =
        List.of(
            new RegistrationState.Pending(),
            new RegistrationState.Asked(by),
            new RegistrationState.ContactReceived(by),
            new CodeSent(by, 5, 2, now),
            new RegistrationState.Registered(by),
            new RegistrationState.Expired());
    var events =
        List.of(
            new RegistrationEvent.Opened(by),
            new RegistrationEvent.ContactShared(by),
            new RegistrationEvent.Vouched(by),
            new RegistrationEvent.CodeMade(),
            new RegistrationEvent.AnotherCodeWanted(),
            new RegistrationEvent.WrongCode(),
            new RegistrationEvent.RightCode(),
            new RegistrationEvent.TimeUp());
    for (var state : states) {
      for (var event : events) {
        RegistrationTransitions.next(state, event, 2, now)
            .map(next -> name(state) + " --> " + name(next) + ":")
            .ifPresent(arrow -> assertTrue(chart.contains(arrow), arrow));
      }
    }
  }

  private static String name(RegistrationState state) {
    return state.getClass().getSimpleName();
  }

  private VerifyOutcome.Registered register(BeginOutcome.Begun begun, Account person) {
    open(begun, person);
    contact(person, NUMBER);
    return assertInstanceOf(
        VerifyOutcome.Registered.class, verify(begun.cookie(), newCode(begun).value()));
  }

  private BeginOutcome.Begun begin(String name) {
    return assertInstanceOf(
        BeginOutcome.Begun.class,
        world.in(
            handle -> registrations.begin(handle, new CustomerName(name), CHROME, "203.0.113.7")));
  }

  private Registration find(BeginOutcome.Begun begun) {
    return world.in(handle -> registrations.find(handle, begun.cookie())).orElseThrow();
  }

  private OpenOutcome open(BeginOutcome.Begun begun, Account person) {
    var chat = new Chat(DomainWorld.BOT, person.telegramId().value());
    return world.in(
        handle -> registrations.open(handle, begun.registration().id(), person.id(), chat));
  }

  private ContactOutcome contact(Account person, PhoneNumber number) {
    return world.in(handle -> registrations.contact(handle, person, number));
  }

  private Secret newCode(BeginOutcome.Begun begun) {
    return world
        .in(handle -> registrations.newCode(handle, begun.registration().id()))
        .orElseThrow();
  }

  private VerifyOutcome verify(Secret cookie, String code) {
    return world.in(handle -> registrations.verify(handle, cookie, code, CHROME, "203.0.113.7"));
  }

  private ResendOutcome resend(BeginOutcome.Begun begun) {
    return world.in(handle -> registrations.resend(handle, begun.cookie()));
  }

  private static String other(String code) {
    return code.equals("111111") ? "222222" : "111111";
  }
}
