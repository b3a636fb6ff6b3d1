package propusk.domain.signin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import propusk.domain.DomainWorld;
import propusk.domain.account.Account;
import propusk.domain.account.AccountPhones;
import propusk.domain.account.PhoneNumber;
import propusk.domain.bot.Bot;
import propusk.domain.bot.Bots;
import propusk.domain.browser.BrowserInfo;
import propusk.domain.limit.Limit;
import propusk.domain.seal.Hashes;
import propusk.domain.seal.Secret;
import propusk.domain.signin.SignInState.Expired;
import propusk.domain.signin.SignInState.Opened;
import propusk.domain.signin.SignInState.Replaced;
import propusk.domain.signin.SignInState.Waiting;

class SignInsTest {
  private static final PhoneNumber ILYAS_NUMBER = new PhoneNumber("+79123456789");
  private static final PhoneNumber NOBODYS_NUMBER = new PhoneNumber("+79990000000");
  private static final BrowserInfo CHROME =
      new BrowserInfo(
          Optional.of("Chrome"),
          Optional.of("Windows"),
          Optional.of(InetAddress.ofLiteral("203.0.113.7")));

  private final DomainWorld world = new DomainWorld();
  private final SignIns signIns = world.signIns;
  private final Approvals approvals = world.approvals;
  private final Secret cookie = world.tokens.secret();
  private final Account ilya = world.person(1, "Ilya");
  private final Account anna = world.person(2, "Anna");

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aBrowserEntersOnceWhenThePersonPicksItsNumber() {
    var signIn = begin();
    assertInstanceOf(Waiting.class, inspect(signIn).orElseThrow().state());
    assertInstanceOf(OpenOutcome.Asks.class, open(signIn, ilya));
    assertInstanceOf(Opened.class, inspect(signIn).orElseThrow().state());
    assertInstanceOf(Decision.Approved.class, pick(signIn, ilya, signIn.number()));
    assertInstanceOf(Decision.Over.class, pick(signIn, ilya, signIn.number()), "it was answered");
    var entered = assertInstanceOf(ExchangeOutcome.Entered.class, exchange(signIn, cookie));
    assertEquals(ilya.id(), entered.account());
    assertInstanceOf(ExchangeOutcome.NotApproved.class, exchange(signIn, cookie));
  }

  /// T2: somebody else's link.
  @Test
  void comingByALinkApprovesNothingAndAsksOnlyWhoCameFirst() {
    var signIn = begin();
    for (int times = 0; times < 20; times++) {
      assertInstanceOf(OpenOutcome.Asks.class, open(signIn, ilya));
    }
    assertInstanceOf(Opened.class, inspect(signIn).orElseThrow().state());
    assertInstanceOf(ExchangeOutcome.NotApproved.class, exchange(signIn, cookie));
    assertInstanceOf(OpenOutcome.Taken.class, open(signIn, anna));
    assertInstanceOf(Decision.NotAsked.class, pick(signIn, anna, signIn.number()));
    assertInstanceOf(Decision.NotAsked.class, deny(signIn, anna));
    assertInstanceOf(Decision.Approved.class, pick(signIn, ilya, signIn.number()));
    assertInstanceOf(ExchangeOutcome.Unknown.class, exchange(signIn, world.tokens.secret()));
    var challenge =
        new BrowserProof.Challenge("https://site.example", Hashes.sha256(cookie.value()));
    assertInstanceOf(
        ExchangeOutcome.Unknown.class,
        world.<ExchangeOutcome>in(h -> signIns.exchange(h, signIn.id(), challenge)));
    assertInstanceOf(ExchangeOutcome.Entered.class, exchange(signIn, cookie));
  }

  @Test
  void anotherNumberOrANoClosesItForGood() {
    var mismatched = begin();
    open(mismatched, ilya);
    var wrong = mismatched.choices().stream().filter(it -> it != mismatched.number()).findFirst();
    assertInstanceOf(Decision.Mismatched.class, pick(mismatched, ilya, wrong.orElseThrow()));
    assertInstanceOf(Decision.Over.class, pick(mismatched, ilya, mismatched.number()));
    assertInstanceOf(ExchangeOutcome.NotApproved.class, exchange(mismatched, cookie));
    var denied = begin();
    open(denied, ilya);
    assertInstanceOf(Decision.Denied.class, deny(denied, ilya));
    assertInstanceOf(Decision.Over.class, pick(denied, ilya, denied.number()));
    assertInstanceOf(OpenOutcome.Over.class, open(denied, ilya));
    assertInstanceOf(ExchangeOutcome.NotApproved.class, exchange(denied, cookie));
  }

  @Test
  void timeEndsEachStateAndWhoComesLateIsTold() {
    var waiting = begin();
    var opened = begin();
    world.clock.advance(Duration.ofMinutes(4));
    open(opened, ilya);
    world.clock.advance(Duration.ofMinutes(1));
    assertInstanceOf(OpenOutcome.Over.class, open(waiting, ilya), "five minutes are over");
    assertInstanceOf(
        Decision.Approved.class,
        pick(opened, ilya, opened.number()),
        "who opened it has two minutes to answer");
    world.clock.advance(SignInDoor.COME_BACK);
    assertInstanceOf(ExchangeOutcome.NotApproved.class, exchange(opened, cookie), "too late");
    var unseen = begin();
    world.clock.advance(Duration.ofMinutes(5));
    assertEquals(1, world.<Integer>in(signIns::endOverdue));
    assertInstanceOf(Expired.class, inspect(unseen).orElseThrow().state());
  }

  @Test
  void anEventsCodeIsTypedAsPeopleTypeAndGuessesAreCounted() {
    var shore = Optional.of(world.organization("north-shore").id().value());
    var signIn =
        begun(world.in(h -> signIns.beginForEvent(h, request(cookie), shore, Optional.empty())));
    var typed = signIns.code(signIn).spaced().toLowerCase(Locale.ROOT);
    assertInstanceOf(OpenOutcome.Asks.class, type(typed, ilya));
    assertInstanceOf(OpenOutcome.Asks.class, open(signIn, ilya), "its link leads to the same");
    for (int guess = 0; guess < Limit.SIGN_IN_CODE_PER_PERSON.amount(); guess++) {
      assertInstanceOf(OpenOutcome.Unknown.class, type("AAAA AAA" + (char) ('B' + guess), anna));
    }
    assertInstanceOf(OpenOutcome.Limited.class, type("AAAA AAAA", anna));
    assertEquals(shore, inspect(signIn).orElseThrow().organizationId());
  }

  @Test
  void aPhoneNumberAsksItsOwnerAndOneThatNobodyHasLeavesTheSameRow() {
    known();
    var asked = ask(ILYAS_NUMBER);
    var nobody = ask(NOBODYS_NUMBER);
    var columns =
        "SELECT count(DISTINCT (to_jsonb(s) - 'id' - 'number' - 'choices' - 'phone_hash' -"
            + " 'account_id')) FROM sign_in s";
    assertEquals(1, world.count(columns), "they differ in the account only");
    assertEquals(1, world.<Integer>in(approvals::tellAsked));
    assertEquals(0, world.<Integer>in(approvals::tellAsked), "once");
    assertEquals(
        1, world.count("SELECT count(*) FROM outbox WHERE kind = 'sign_in_asked' AND chat_id = 1"));
    assertInstanceOf(Decision.NotAsked.class, pick(nobody, ilya, nobody.number()));
    assertInstanceOf(Decision.NotAsked.class, pick(asked, anna, asked.number()));
    assertInstanceOf(Decision.Approved.class, pick(asked, ilya, asked.number()));
    assertInstanceOf(ExchangeOutcome.Entered.class, exchange(asked, cookie));
  }

  /// An organization has its bot's token: it could read the question, or put its buttons elsewhere.
  @Test
  void nobodyIsAskedThroughAnOrganizationsBotThoughTheyWroteToItLast() {
    var shore = world.organization("north-shore").id();
    var own = new Bot(DomainWorld.BOT, "propusk_bot", Optional.empty(), true);
    var theirs = new Bot(7_000_002, "shore_bot", Optional.of(shore), true);
    var bots = new Bots(world.sealer);
    world.in(handle -> {
      new AccountPhones(world.sealer).remember(handle, ilya.id(), ILYAS_NUMBER);
      bots.add(handle, own, new Secret("1:own"));
      bots.add(handle, theirs, new Secret("2:theirs"));
      world.letIn(handle, ilya, theirs.id());
      return ilya;
    });
    var unasked = ask(ILYAS_NUMBER);
    assertEquals(0, world.<Integer>in(approvals::tellAsked));
    assertInstanceOf(Decision.NotAsked.class, pick(unasked, ilya, unasked.number()));
    world.in(handle -> {
      world.letIn(handle, ilya, own.id());
      world.letIn(handle, ilya, theirs.id());
      return ilya;
    });
    assertEquals(Optional.of(theirs.id()), world.in(h -> world.accounts.bot(h, ilya.id())));
    ask(ILYAS_NUMBER);
    assertEquals(1, world.<Integer>in(approvals::tellAsked));
    assertEquals(
        DomainWorld.BOT, world.count("SELECT bot_id FROM outbox WHERE kind = 'sign_in_asked'"));
    world.in(handle -> {
      bots.add(
          handle, new Bot(own.id(), "propusk_bot", Optional.of(shore), true), new Secret("1:own"));
      return ilya;
    });
    ask(ILYAS_NUMBER);
    assertEquals(0, world.<Integer>in(approvals::tellAsked), "it is not ours any more");
  }

  /// T23.
  @Test
  void onePersonIsAskedOneQuestionThreeTimesAnHourAndNotAfterANo() {
    known();
    for (var number : List.of(ILYAS_NUMBER, NOBODYS_NUMBER)) {
      var first = ask(number);
      var second = ask(number);
      assertInstanceOf(Replaced.class, inspect(first).orElseThrow().state());
      assertInstanceOf(Waiting.class, inspect(second).orElseThrow().state());
      ask(number);
      var limited =
          assertInstanceOf(
              BeginOutcome.Limited.class,
              world.<BeginOutcome>in(h -> approvals.ask(h, number, request(cookie))),
              "the fourth in an hour");
      assertEquals(world.clock.instant().plus(Duration.ofHours(1)), limited.until());
    }
    world.clock.advance(Duration.ofHours(1));
    var denied = ask(ILYAS_NUMBER);
    deny(denied, ilya);
    world.clock.advance(Approvals.PAUSE.minusSeconds(1));
    var silent = ask(ILYAS_NUMBER);
    assertInstanceOf(
        Decision.NotAsked.class, pick(silent, ilya, silent.number()), "nobody was asked");
    world.clock.advance(Duration.ofSeconds(1));
    var asked = ask(ILYAS_NUMBER);
    assertInstanceOf(Decision.Approved.class, pick(asked, ilya, asked.number()));
  }

  @Test
  void whoIsForgottenLeavesNoQuestionAboutTheirNumber() {
    known();
    deny(ask(ILYAS_NUMBER), ilya);
    ask(ILYAS_NUMBER);
    ask(NOBODYS_NUMBER);
    assertEquals(2, world.count("SELECT count(*) FROM sign_in WHERE account_id IS NULL"));
    world.in(handle -> {
      world.deletions.request(handle, ilya, DomainWorld.BOT, 1);
      return world.deletions.finish(handle);
    });
    assertEquals(1, world.count("SELECT count(*) FROM sign_in"), "what nobody has is nobody's");
  }

  @Test
  void manyBrowsersThatAskAtOnceLeaveOneQuestion() throws Exception {
    known();
    together(
        20, () -> world.<BeginOutcome>in(h -> approvals.ask(h, ILYAS_NUMBER, request(cookie))));
    assertEquals(1, world.count("SELECT count(*) FROM sign_in WHERE phase = 'waiting'"));
    assertEquals(2, world.count("SELECT count(*) FROM sign_in WHERE phase = 'replaced'"));
  }

  /// T16: what opens or types is not in the database.
  @Test
  void rowsHoldNoSecretInClear() {
    var signIn =
        begun(
            world.in(h ->
                signIns.beginForEvent(h, request(cookie), Optional.empty(), Optional.empty())));
    for (var secret :
        List.of(cookie.value(), signIns.start(signIn).value(), signIns.code(signIn).value())) {
      assertEquals(
          0, world.count("SELECT count(*) FROM sign_in s WHERE s::text LIKE '%" + secret + "%'"));
    }
  }

  @Test
  void numbersHaveTwoDigitsAndTheRightOneStandsAnywhere() {
    var places = new HashSet<Integer>();
    for (int drawn = 0; drawn < 300; drawn++) {
      var match = NumberMatch.random(world.tokens);
      assertEquals(3, new HashSet<>(match.choices()).size());
      assertTrue(match.choices().stream().allMatch(it -> it >= 10 && it <= 99));
      places.add(match.choices().indexOf(match.number()));
    }
    assertEquals(Set.of(0, 1, 2), places);
    assertNotEquals(signIns.start(begin()), signIns.start(begin()));
  }

  private void known() {
    world.in(handle -> {
      new AccountPhones(world.sealer).remember(handle, ilya.id(), ILYAS_NUMBER);
      world.letIn(handle, ilya);
      return ilya;
    });
  }

  private SignInRequest request(Secret browser) {
    return new SignInRequest(
        new BrowserProof.Cookie(browser), CHROME, "203.0.113.7", Optional.empty(), true);
  }

  private SignIn begin() {
    return begun(world.in(handle -> signIns.begin(handle, request(cookie))));
  }

  private SignIn ask(PhoneNumber number) {
    return begun(world.in(handle -> approvals.ask(handle, number, request(cookie))));
  }

  private static SignIn begun(BeginOutcome outcome) {
    return assertInstanceOf(BeginOutcome.Begun.class, outcome).signIn();
  }

  private Optional<SignIn> inspect(SignIn signIn) {
    return world.in(h -> signIns.inspect(h, signIn.id(), new BrowserProof.Cookie(cookie)));
  }

  private OpenOutcome open(SignIn signIn, Account by) {
    return world.in(handle -> signIns.open(handle, signIns.start(signIn), by.id()));
  }

  private OpenOutcome type(String text, Account by) {
    var code = SignInCode.parse(text).orElseThrow();
    return world.in(handle -> signIns.open(handle, code, by.id()));
  }

  private Decision pick(SignIn signIn, Account by, int number) {
    return world.in(handle -> signIns.pick(handle, signIn.id(), by.id(), number));
  }

  private Decision deny(SignIn signIn, Account by) {
    return world.in(handle -> signIns.deny(handle, signIn.id(), by.id()));
  }

  private ExchangeOutcome exchange(SignIn signIn, Secret browser) {
    return world.in(h -> signIns.exchange(h, signIn.id(), new BrowserProof.Cookie(browser)));
  }

  private static <T> List<T> together(int times, Callable<T> work) throws Exception {
    try (var threads = Executors.newFixedThreadPool(16)) {
      var results = new ArrayList<T>();
      for (var future : threads.invokeAll(Collections.nCopies(times, work))) {
        results.add(future.get());
      }
      return results;
    }
  }
}
