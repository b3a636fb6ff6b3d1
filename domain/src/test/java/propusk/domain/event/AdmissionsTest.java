package propusk.domain.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import propusk.domain.DomainWorld;
import propusk.domain.account.Account;
import propusk.domain.browser.BrowserInfo;
import propusk.domain.magic.MagicLinks;
import propusk.domain.magic.MagicOutcome;
import propusk.domain.organization.Organization;
import propusk.domain.organization.OrganizationId;
import propusk.domain.seal.Secret;
import propusk.domain.signin.BeginOutcome;
import propusk.domain.signin.BrowserProof;
import propusk.domain.signin.Decision;
import propusk.domain.signin.ExchangeOutcome;
import propusk.domain.signin.OpenOutcome;
import propusk.domain.signin.SignIn;
import propusk.domain.signin.SignInCode;
import propusk.domain.signin.SignInRequest;

class AdmissionsTest {
  private static final BrowserInfo CHROME =
      new BrowserInfo(Optional.of("Chrome"), Optional.of("Windows"), Optional.empty());

  private final DomainWorld world = new DomainWorld();
  private final Organization shore = world.organization("north-shore");
  private final Account ilya = world.person(1, "Илья");
  private final Account anna = world.person(2, "Анна");

  @AfterEach
  void close() {
    world.close();
  }

  /// A browser that waits.
  private record Waiting(SignIn signIn, BrowserProof proof) {}

  @Test
  void theYesGivesPlaceMembershipAndALinkAndTheBrowserThatWaitsGoesIn() {
    var event = event(40);
    var waiting = begin(event);
    var admission = approve(waiting, ilya);
    assertEquals(Optional.of(RegisterOutcome.REGISTERED), admission.place());
    assertEquals(event.path(), admission.path());
    assertTrue(world.<Boolean>in(h -> world.memberships.isMember(h, shore.id(), ilya.id())));
    var entered = assertInstanceOf(ExchangeOutcome.Entered.class, exchange(waiting));
    assertEquals(ilya.id(), entered.account());
    var again = approve(begin(event), ilya);
    assertEquals(Optional.of(RegisterOutcome.ALREADY), again.place(), "registering twice");
    assertEquals(1, world.count("SELECT taken FROM event"));
  }

  @Test
  void anEventThatFillsUpBeforeTheYesLetsThePersonInWithoutAPlace() {
    var event = event(1);
    var ilyas = begin(event);
    open(ilyas, ilya);
    approve(begin(event), anna);
    var admission = approve(ilyas, ilya);
    assertEquals(Optional.of(RegisterOutcome.FULL), admission.place());
    assertInstanceOf(ExchangeOutcome.Entered.class, exchange(ilyas));
    assertEquals(1, world.count("SELECT taken FROM event"));
  }

  @Test
  void anEventThatFillsUpBetweenTheYesAndTheExchangeKeepsThePlaceThatWasGiven() {
    var event = event(2);
    var ilyas = begin(event);
    approve(ilyas, ilya);
    approve(begin(event), anna);
    assertInstanceOf(ExchangeOutcome.Entered.class, exchange(ilyas));
    assertTrue(world.<Boolean>in(h -> world.events.registered(h, event.id(), ilya.id())));
  }

  @Test
  void aCodeTypedByTwoPeopleIsTheFirstOnesAndASecondBrowserWithItGetsNothing() {
    var event = event(40);
    var waiting = begin(event);
    var code = world.signIns.code(waiting.signIn());
    assertInstanceOf(OpenOutcome.Asks.class, world.in(h -> world.signIns.open(h, code, ilya.id())));
    assertInstanceOf(
        OpenOutcome.Taken.class, world.in(h -> world.signIns.open(h, code, anna.id())));
    assertInstanceOf(
        Decision.NotAsked.class,
        world.in(h ->
            world.signIns.pick(h, waiting.signIn().id(), anna.id(), waiting.signIn().number())));
    approve(waiting, ilya);
    var foreign = new Waiting(waiting.signIn(), new BrowserProof.Cookie(world.tokens.secret()));
    assertInstanceOf(ExchangeOutcome.Unknown.class, exchange(foreign));
    assertInstanceOf(ExchangeOutcome.Entered.class, exchange(waiting));
  }

  /// Threat T11.
  @Test
  void lookingAtAMagicLinkSpendsNothingAndItLetsOneBrowserIn() {
    var link = approve(begin(event(40)), ilya).link().orElseThrow();
    for (int looks = 0; looks < 10; looks++) {
      var seen =
          assertInstanceOf(MagicOutcome.Open.class, world.in(h -> world.magicLinks.look(h, link)));
      assertEquals(ilya.id(), seen.link().account());
    }
    assertInstanceOf(
        MagicOutcome.Entered.class, world.in(h -> world.magicLinks.redeem(h, link, CHROME)));
    assertInstanceOf(
        MagicOutcome.Spent.class, world.in(h -> world.magicLinks.redeem(h, link, CHROME)));

    var late = approve(begin(event(40)), ilya).link().orElseThrow();
    world.clock.advance(MagicLinks.LIFE);
    assertInstanceOf(
        MagicOutcome.Old.class, world.in(h -> world.magicLinks.redeem(h, late, CHROME)));
    assertInstanceOf(
        MagicOutcome.Unknown.class,
        world.in(h -> world.magicLinks.redeem(h, new Secret("nothing"), CHROME)));
    world.clock.advance(Duration.ofMinutes(1));
    assertEquals(2, world.<Integer>in(h -> world.magicLinks.forget(h, world.clock.instant())));
  }

  /// Threat T27.
  @Test
  void anOrganizationsBotGetsALinkForItsOwnPagesOnceAndTheBrowserThatWaitsStaysOut() {
    var event = event(40);
    var waiting = begin(event);
    var code = world.signIns.code(waiting.signIn());
    var other = world.organization("other").id();
    assertInstanceOf(
        VouchOutcome.Unknown.class,
        vouch(other, code, anna, Optional.empty()),
        "and nobody has come by it");
    var vouched =
        assertInstanceOf(
            VouchOutcome.Vouched.class, vouch(shore.id(), code, ilya, Optional.empty()));
    assertInstanceOf(
        VouchOutcome.Over.class,
        vouch(shore.id(), code, ilya, Optional.empty()),
        "a code is used once");
    assertInstanceOf(ExchangeOutcome.NotApproved.class, exchange(waiting));
    var link = vouched.admission().orElseThrow().link().orElseThrow();
    var entered =
        assertInstanceOf(
            MagicOutcome.Entered.class, world.in(h -> world.magicLinks.redeem(h, link, CHROME)));
    assertTrue(world.in(h -> world.webSessions.show(h, entered.session())).isEmpty());
    assertTrue(
        world.in(h -> world.webSessions.showTo(h, shore.id(), entered.session())).isPresent());
  }

  /// One way to vouch, by link or by code: it brings what the person's own yes brings.
  @Test
  void aKeysWordGivesThePlaceToo() {
    var event = event(2);
    var byLink = begin(event);
    var start = world.signIns.start(byLink.signIn());
    var vouched =
        assertInstanceOf(
            VouchOutcome.Vouched.class,
            world.in(
                h -> world.admissions.vouch(h, shore.id(), start, ilya.id(), Optional.empty())));
    assertEquals(
        Optional.of(RegisterOutcome.REGISTERED), vouched.admission().orElseThrow().place());
    assertInstanceOf(ExchangeOutcome.Entered.class, exchange(byLink));

    var byCode = begin(event);
    var code = world.signIns.code(byCode.signIn());
    int number = byCode.signIn().number();
    var numbered =
        assertInstanceOf(
            VouchOutcome.Vouched.class, vouch(shore.id(), code, anna, Optional.of(number)));
    assertEquals(
        Optional.of(RegisterOutcome.REGISTERED), numbered.admission().orElseThrow().place());
    var entered = assertInstanceOf(ExchangeOutcome.Entered.class, exchange(byCode));
    assertEquals(Optional.of(shore.id()), entered.signIn().vouchedBy());

    var mismatched = begin(event);
    int other = mismatched.signIn().number() == 10 ? 11 : 10;
    var third = world.person(3, "Вера");
    assertInstanceOf(
        VouchOutcome.Mismatched.class,
        vouch(shore.id(), world.signIns.code(mismatched.signIn()), third, Optional.of(other)));
    assertInstanceOf(ExchangeOutcome.NotApproved.class, exchange(mismatched));
    assertEquals(2, world.count("SELECT taken FROM event"));
  }

  private VouchOutcome vouch(
      OrganizationId organization, SignInCode code, Account person, Optional<Integer> number) {
    return world.in(h -> world.admissions.vouch(h, organization, code, person.id(), number));
  }

  private Admission approve(Waiting waiting, Account person) {
    open(waiting, person);
    return world.in(handle -> {
      var decision =
          world.signIns.pick(handle, waiting.signIn().id(), person.id(), waiting.signIn().number());
      var approved = assertInstanceOf(Decision.Approved.class, decision);
      return world.admissions.admit(handle, approved.signIn(), person.id());
    });
  }

  private void open(Waiting waiting, Account person) {
    var start = world.signIns.start(waiting.signIn());
    world.in(handle -> world.signIns.open(handle, start, person.id()));
  }

  private ExchangeOutcome exchange(Waiting waiting) {
    return world.in(
        handle -> world.signIns.exchange(handle, waiting.signIn().id(), waiting.proof()));
  }

  private Waiting begin(Event event) {
    var proof = new BrowserProof.Cookie(world.tokens.secret());
    var request = new SignInRequest(proof, CHROME, "203.0.113.7", Optional.empty(), false);
    var begun =
        assertInstanceOf(
            BeginOutcome.Begun.class,
            world.in(handle ->
                world.signIns.beginForEvent(
                    handle,
                    request,
                    Optional.of(shore.id().value()),
                    Optional.of(event.id().value()))));
    return new Waiting(begun.signIn(), proof);
  }

  private Event event(int capacity) {
    var draft =
        new EventDraft(
            "Прогулка",
            world.clock.instant().plus(Duration.ofDays(3)),
            Duration.ofHours(2),
            "Санкт-Петербург",
            "Набережная, 5",
            OptionalInt.of(capacity));
    return world.in(handle -> world.events.create(handle, shore, draft));
  }
}
