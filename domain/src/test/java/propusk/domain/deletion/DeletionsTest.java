package propusk.domain.deletion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import propusk.domain.DomainWorld;
import propusk.domain.account.Account;
import propusk.domain.account.AccountPhones;
import propusk.domain.account.PhoneNumber;
import propusk.domain.account.TelegramProfile;
import propusk.domain.browser.BrowserInfo;
import propusk.domain.device.DeviceOutcome;
import propusk.domain.magic.MagicLinks;
import propusk.domain.magic.MagicOutcome;
import propusk.domain.outbox.Chat;
import propusk.domain.registration.CustomerName;
import propusk.domain.registration.VerifyOutcome;
import propusk.domain.seal.Hashes;
import propusk.domain.seal.Secret;
import propusk.domain.signin.BeginOutcome;
import propusk.domain.signin.BrowserProof;
import propusk.domain.signin.ExchangeOutcome;
import propusk.domain.signin.LocalPath;
import propusk.domain.signin.SignIn;
import propusk.domain.signin.SignInRequest;
import propusk.domain.visit.SiteLink;
import propusk.domain.visit.Visits;
import propusk.domain.websession.LoginVia;

class DeletionsTest {
  private static final BrowserInfo CHROME =
      new BrowserInfo(Optional.of("Chrome"), Optional.of("Windows"), Optional.empty());
  private static final PhoneNumber NUMBER = new PhoneNumber("+79123456789");

  private final DomainWorld world = new DomainWorld();
  private final MagicLinks links = world.magicLinks;
  private final Visits visits = new Visits(world.webSessions, world.clock, world.tokens);
  private final BrowserProof proof = new BrowserProof.Cookie(world.tokens.secret());
  private long people;

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void whoAsksToBeForgottenIsShownOutEverywhereAtOnce() {
    var ilya = somebody();
    var session = enter(ilya);
    var device = world.in(handle -> world.devices.remember(handle, ilya.id(), CHROME, session));
    var anna = enter(somebody());
    request(ilya);
    assertTrue(world.in(handle -> world.webSessions.peek(handle, session)).isEmpty());
    assertInstanceOf(
        DeviceOutcome.Unknown.class,
        world.<DeviceOutcome>in(h -> world.devices.use(h, device, CHROME, _ -> true)));
    assertTrue(world.in(handle -> world.webSessions.peek(handle, anna)).isPresent());
  }

  /// The deletion has the person's account; then a browser or a bot comes for another row of
  /// theirs. Whoever locked that row first and the account then would end one of the two.
  @Test
  void whoEntersWhileTheirDataAreBeingErasedDeadlocksNothingAndIsNotIn() throws Exception {
    var met = new TreeMap<String, Boolean>();
    for (var each : meetings().entrySet()) {
      var person = somebody();
      var meeting = each.getValue().apply(person);
      met.put(each.getKey(), meet(person, meeting));
      assertEquals(
          0, world.count("SELECT count(*) FROM deletion"), () -> each.getKey() + ": erased");
    }
    var nobodyIsIn = new TreeMap<String, Boolean>();
    met.keySet().forEach(name -> nobodyIsIn.put(name, false));
    // An organization may speak of somebody whom we forgot: they are somebody new.
    nobodyIsIn.put("an organization's word", true);
    assertEquals(nobodyIsIn, met);
  }

  /// What may come at that moment, and whether it worked.
  private Map<String, Function<Account, Function<Handle, Boolean>>> meetings() {
    var meetings = new TreeMap<String, Function<Account, Function<Handle, Boolean>>>();
    meetings.put("a yes is exchanged", this::exchange);
    meetings.put("a registration's code is typed", this::registration);
    meetings.put("a magic link is used", this::magicLink);
    meetings.put("a link from the home is used", this::siteLink);
    meetings.put("a known browser asks", this::question);
    meetings.put("an organization's word", this::word);
    return meetings;
  }

  /// Holds the account as a deletion does, and erases once the other has come so far that it waits.
  private boolean meet(Account person, Function<Handle, Boolean> meeting) throws Exception {
    try (var elsewhere = Executors.newVirtualThreadPerTaskExecutor()) {
      var result =
          world.in(handle -> {
            handle
                .createQuery("SELECT id FROM account WHERE id = :id FOR UPDATE")
                .bind("id", person.id().value())
                .mapTo(Long.class)
                .one();
            world.deletions.request(handle, person, DomainWorld.BOT, person.telegramId().value());
            var came = elsewhere.submit(() -> world.<Boolean>in(meeting));
            awaitWaiter();
            assertEquals(1, world.deletions.finish(handle));
            return came;
          });
      return result.get();
    }
  }

  private Function<Handle, Boolean> exchange(Account ilya) {
    var signIn = begin();
    world.in(handle -> world.signIns.open(handle, world.signIns.start(signIn), ilya.id()));
    world.in(handle -> world.signIns.pick(handle, signIn.id(), ilya.id(), signIn.number()));
    return handle -> {
      boolean in =
          world.signIns.exchange(handle, signIn.id(), proof) instanceof ExchangeOutcome.Entered;
      if (in) {
        world.webSessions.enter(handle, LoginVia.TELEGRAM_CONFIRM, ilya.id(), CHROME);
      }
      return in;
    };
  }

  private Function<Handle, Boolean> registration(Account ilya) {
    var begun =
        (propusk.domain.registration.BeginOutcome.Begun)
            world.in(handle ->
                world.registrations.begin(handle, new CustomerName("Илья"), CHROME, "192.0.2.1"));
    var id = begun.registration().id();
    var chat = new Chat(DomainWorld.BOT, ilya.telegramId().value());
    var code =
        world
            .in(handle -> {
              world.registrations.open(handle, id, ilya.id(), chat);
              world.registrations.contact(handle, ilya, NUMBER);
              return world.registrations.newCode(handle, id);
            })
            .orElseThrow();
    return handle ->
        world.registrations.verify(handle, begun.cookie(), code.value(), CHROME, "192.0.2.1")
            instanceof VerifyOutcome.Registered;
  }

  private Function<Handle, Boolean> magicLink(Account ilya) {
    var signIn = begin();
    var path = new LocalPath("/dashboard");
    var link =
        world
            .in(handle -> links.make(handle, signIn.id(), ilya.id(), Optional.empty(), path))
            .orElseThrow();
    return handle -> links.redeem(handle, link, CHROME) instanceof MagicOutcome.Entered;
  }

  private Function<Handle, Boolean> siteLink(Account ilya) {
    var link =
        world
            .in(handle ->
                visits
                    .open(
                        handle,
                        ilya.id(),
                        DomainWorld.BOT,
                        Hashes.sha256("data"),
                        new Secret("tab"))
                    .flatMap(bearer -> visits.siteLink(handle, bearer)))
            .orElseThrow();
    return handle -> visits.enter(handle, link, CHROME) instanceof SiteLink.Entered;
  }

  /// A question that replaces the one before, about a number that is about to be nobody's.
  private Function<Handle, Boolean> question(Account ilya) {
    world.in(handle -> {
      new AccountPhones(world.sealer).remember(handle, ilya.id(), NUMBER);
      world.letIn(handle, ilya);
      return ilya;
    });
    world.in(handle -> world.approvals.ask(handle, NUMBER, request()));
    return handle ->
        world.approvals.ask(handle, NUMBER, request()) instanceof BeginOutcome.Begun(var signIn)
            && signIn.state().account().isPresent();
  }

  private Function<Handle, Boolean> word(Account ilya) {
    var shore = world.organization("north-shore").id();
    var signIn = begin();
    var profile =
        new TelegramProfile(
            ilya.telegramId(), "Mallory", Optional.empty(), Optional.empty(), Optional.empty());
    return handle -> {
      var known = world.accounts.met(handle, profile);
      world.signIns.vouch(handle, shore, world.signIns.start(signIn), known.id(), Optional.empty());
      assertFalse(known.id().equals(ilya.id()), "that account is gone");
      return true;
    };
  }

  private Account somebody() {
    people++;
    return world.person(people, "P" + people);
  }

  private Secret enter(Account person) {
    return world.in(
        h -> world.webSessions.enter(h, LoginVia.TELEGRAM_CONFIRM, person.id(), CHROME));
  }

  private void request(Account person) {
    world.in(handle -> {
      world.deletions.request(handle, person, DomainWorld.BOT, person.telegramId().value());
      return person;
    });
  }

  private SignInRequest request() {
    return new SignInRequest(proof, CHROME, "192.0.2.1", Optional.empty(), true);
  }

  private SignIn begin() {
    return assertInstanceOf(
            BeginOutcome.Begun.class, world.in(h -> world.signIns.begin(h, request())))
        .signIn();
  }

  /// Until the other transaction waits for a lock of ours.
  private void awaitWaiter() {
    var deadline = Instant.now().plus(Duration.ofSeconds(60));
    while (world.count("SELECT count(*) FROM pg_locks WHERE NOT granted") == 0) {
      if (Instant.now().isAfter(deadline)) {
        throw new AssertionError("nobody waits");
      }
      Thread.onSpinWait();
    }
  }
}
