package propusk.domain.signin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import propusk.domain.DomainWorld;
import propusk.domain.account.Account;
import propusk.domain.account.AccountId;
import propusk.domain.account.TelegramProfile;
import propusk.domain.browser.BrowserInfo;
import propusk.domain.organization.OrganizationId;
import propusk.domain.seal.Hashes;
import propusk.domain.seal.Secret;

/// Sign-ins on other sites' pages, and those that an organization's own bot answers for.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SiteSignInTest {
  private static final String SHOP = "https://shop.example";

  private final DomainWorld world = new DomainWorld();
  private final SignIns signIns = world.signIns;
  private final SiteCodes codes = new SiteCodes(world.clock, world.tokens);
  private final OrganizationId chess = world.organization("chess").id();
  private final OrganizationId go = world.organization("go").id();
  private final Account ilya = world.person(1, "Ilya");
  private final Account anna = world.person(2, "Anna");
  private final Secret verifier = world.tokens.secret();

  @AfterAll
  void close() {
    world.close();
  }

  @Test
  void onlyTheVerifierOfThatSiteExchangesAndTheCodeIsForItsOrganizationAndOrigin() {
    var signIn = begin(Optional.of(chess));
    approve(signIn);
    var elsewhere = new BrowserProof.Verifier("https://evil.example", verifier);
    var shown = new BrowserProof.Challenge(SHOP, Hashes.sha256(verifier.value()));
    for (var wrong : List.of(elsewhere, shown, new BrowserProof.Cookie(verifier))) {
      assertInstanceOf(ExchangeOutcome.Unknown.class, exchange(signIn, wrong));
    }
    var code = code(signIn);
    assertEquals(Optional.empty(), redeem(code, go, SHOP), "another organization's key");
    assertEquals(Optional.empty(), redeem(code, chess, "https://evil.example"), "another site");
    assertEquals(Optional.of(ilya.id()), redeem(code, chess, SHOP));
    assertEquals(Optional.empty(), redeem(code, chess, SHOP), "once");
    assertInstanceOf(ExchangeOutcome.NotApproved.class, exchange(signIn, own()), "once");
    assertEquals(
        0,
        world.count(
            "SELECT count(*) FROM site_code c WHERE c::text LIKE '%" + code.value() + "%'"));
  }

  @Test
  void aCodeIsForgottenAfterTwoMinutes() {
    var signIn = begin(Optional.of(chess));
    approve(signIn);
    var code = code(signIn);
    world.clock.advance(SiteCodes.LIFE);
    assertEquals(Optional.empty(), redeem(code, chess, SHOP));
  }

  /// T27.
  @Test
  void aKeyVouchesOnlyForWhatIsItsOrganizationsOrNobodys() {
    var shops = begin(Optional.of(chess));
    assertInstanceOf(Decision.NotAsked.class, vouch(shops, go, ilya, Optional.empty()));
    assertInstanceOf(Decision.Approved.class, vouch(shops, chess, ilya, Optional.empty()));
    assertInstanceOf(Decision.Over.class, vouch(shops, chess, ilya, Optional.empty()), "once");
    var nobodys = begin(Optional.empty());
    assertInstanceOf(Decision.Approved.class, vouch(nobodys, go, ilya, Optional.empty()));
    var entered = assertInstanceOf(ExchangeOutcome.Entered.class, exchange(nobodys, own()));
    assertEquals(ilya.id(), entered.account());
    assertEquals(Optional.of(go), entered.signIn().vouchedBy(), "good for its pages only");
  }

  /// T2.
  @Test
  void aKeyCannotAnswerForSomebodyElseThanWhoCameAndAWrongNumberClosesIt() {
    var opened = begin(Optional.of(chess));
    world.<OpenOutcome>in(handle -> signIns.open(handle, signIns.start(opened), anna.id()));
    assertInstanceOf(Decision.NotAsked.class, vouch(opened, chess, ilya, Optional.empty()));
    var mismatched = begin(Optional.of(chess));
    int other = mismatched.number() == 10 ? 11 : 10;
    assertInstanceOf(Decision.Mismatched.class, vouch(mismatched, chess, ilya, Optional.of(other)));
    assertInstanceOf(
        Decision.Over.class, vouch(mismatched, chess, ilya, Optional.of(mismatched.number())));
    var late = begin(Optional.of(chess));
    world.clock.advance(Duration.ofMinutes(5));
    assertInstanceOf(Decision.NotAsked.class, vouch(late, chess, ilya, Optional.empty()));
  }

  @Test
  void whatAnOrganizationSaysOfAPersonChangesNobodyWeKnow() {
    var renamed =
        new TelegramProfile(
            ilya.telegramId(), "Mallory", Optional.empty(), Optional.empty(), Optional.empty());
    assertEquals(ilya, world.in(handle -> world.accounts.met(handle, renamed)));
  }

  private SignIn begin(Optional<OrganizationId> organization) {
    var proof =
        organization.isPresent()
            ? new BrowserProof.Challenge(SHOP, Hashes.sha256(verifier.value()))
            : new BrowserProof.Cookie(verifier);
    var browser = new BrowserInfo(Optional.empty(), Optional.empty(), Optional.empty());
    var request = new SignInRequest(proof, browser, world.tokens.id(), Optional.empty(), false);
    var outcome =
        world.in(handle ->
            organization
                .map(id -> signIns.beginFor(handle, id, request))
                .orElseGet(() -> signIns.begin(handle, request)));
    return assertInstanceOf(BeginOutcome.Begun.class, outcome).signIn();
  }

  private void approve(SignIn signIn) {
    world.<OpenOutcome>in(handle -> signIns.open(handle, signIns.start(signIn), ilya.id()));
    var decision =
        world.<Decision>in(h -> signIns.pick(h, signIn.id(), ilya.id(), signIn.number()));
    assertInstanceOf(Decision.Approved.class, decision);
  }

  private BrowserProof own() {
    return new BrowserProof.Verifier(SHOP, verifier);
  }

  private ExchangeOutcome exchange(SignIn signIn, BrowserProof proof) {
    var cookie = signIn.origin().isEmpty() ? new BrowserProof.Cookie(verifier) : proof;
    return world.in(handle -> signIns.exchange(handle, signIn.id(), cookie));
  }

  private Secret code(SignIn signIn) {
    assertInstanceOf(ExchangeOutcome.Entered.class, exchange(signIn, own()));
    return world.in(handle -> codes.give(handle, signIn.id()));
  }

  private Optional<AccountId> redeem(Secret code, OrganizationId organization, String origin) {
    return world.in(handle -> codes.redeem(handle, code, organization, origin));
  }

  private Decision vouch(
      SignIn signIn, OrganizationId organization, Account by, Optional<Integer> number) {
    return world.in(
        handle -> signIns.vouch(handle, organization, signIns.start(signIn), by.id(), number));
  }
}
