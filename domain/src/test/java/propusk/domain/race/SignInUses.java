package propusk.domain.race;

import java.util.List;
import java.util.Optional;
import propusk.domain.DomainWorld;
import propusk.domain.account.AccountPhones;
import propusk.domain.account.PhoneNumber;
import propusk.domain.organization.OrganizationId;
import propusk.domain.race.SingleUse.Attempt;
import propusk.domain.seal.Hashes;
import propusk.domain.signin.BeginOutcome;
import propusk.domain.signin.BrowserProof;
import propusk.domain.signin.Decision;
import propusk.domain.signin.ExchangeOutcome;
import propusk.domain.signin.SignIn;
import propusk.domain.signin.SignInRequest;
import propusk.domain.signin.SiteCodes;

/// What counts once on the way of a sign-in.
final class SignInUses {
  private static final PhoneNumber ASKED = new PhoneNumber("+79990000001");
  private static final String SHOP = "https://shop.example";

  private final DomainWorld world;
  private final People people;
  private final OrganizationId shore;
  private final SiteCodes siteCodes;

  SignInUses(DomainWorld world, People people, OrganizationId shore) {
    this.world = world;
    this.people = people;
    this.shore = shore;
    siteCodes = new SiteCodes(world.clock, world.tokens);
  }

  List<SingleUse> all() {
    return List.of(
        new SingleUse("an answer in the bot", this::answer),
        new SingleUse("an organization's word on who came", this::word),
        new SingleUse("a yes about a phone number", this::approvalExchange),
        new SingleUse("a yes to a link or QR code", this::linkExchange),
        new SingleUse("a yes to an event's code", this::eventExchange),
        new SingleUse("a one-time code of another site", this::siteCode));
  }

  private Attempt answer() {
    var ilya = people.next();
    var signIn = waiting(cookie());
    world.in(handle -> world.signIns.open(handle, world.signIns.start(signIn), ilya.id()));
    return (handle, who) ->
        world.signIns.pick(handle, signIn.id(), ilya.id(), signIn.number())
                instanceof Decision.Approved
            ? People.got(who)
            : Optional.empty();
  }

  private Attempt word() {
    var ilya = people.next();
    var start = world.signIns.start(waiting(cookie()));
    return (handle, who) ->
        world.signIns.vouch(handle, shore, start, ilya.id(), Optional.empty())
                instanceof Decision.Approved
            ? People.got(who)
            : Optional.empty();
  }

  private Attempt approvalExchange() {
    var ilya = people.next();
    var proof = cookie();
    world.in(handle -> {
      new AccountPhones(world.sealer).remember(handle, ilya.id(), ASKED);
      world.letIn(handle, ilya);
      return ilya;
    });
    var asked = begun(world.in(h -> world.approvals.ask(h, ASKED, request(proof))));
    world.in(h -> world.signIns.pick(h, asked.id(), ilya.id(), asked.number()));
    return exchange(asked, proof);
  }

  private Attempt linkExchange() {
    var proof = cookie();
    return exchange(approved(waiting(proof)), proof);
  }

  private Attempt eventExchange() {
    var proof = cookie();
    var begun =
        begun(
            world.in(h ->
                world.signIns.beginForEvent(
                    h, request(proof), Optional.of(shore.value()), Optional.empty())));
    return exchange(approved(begun), proof);
  }

  private Attempt siteCode() {
    var verifier = world.tokens.secret();
    var challenge = new BrowserProof.Challenge(SHOP, Hashes.sha256(verifier.value()));
    var request = request(challenge);
    var signIn =
        approved(begun(world.in(handle -> world.signIns.beginFor(handle, shore, request))));
    var own = new BrowserProof.Verifier(SHOP, verifier);
    world.in(handle -> world.signIns.exchange(handle, signIn.id(), own));
    var code = world.in(handle -> siteCodes.give(handle, signIn.id()));
    return (handle, who) ->
        siteCodes.redeem(handle, code, shore, SHOP).flatMap(_ -> People.got(who));
  }

  private BrowserProof cookie() {
    return new BrowserProof.Cookie(world.tokens.secret());
  }

  private SignInRequest request(BrowserProof proof) {
    return new SignInRequest(proof, People.CHROME, "192.0.2.1", Optional.empty(), false);
  }

  private SignIn waiting(BrowserProof proof) {
    return begun(world.in(handle -> world.signIns.begin(handle, request(proof))));
  }

  private static SignIn begun(BeginOutcome outcome) {
    return ((BeginOutcome.Begun) outcome).signIn();
  }

  private SignIn approved(SignIn signIn) {
    var ilya = people.next();
    world.in(handle -> world.signIns.open(handle, world.signIns.start(signIn), ilya.id()));
    world.in(handle -> world.signIns.pick(handle, signIn.id(), ilya.id(), signIn.number()));
    return signIn;
  }

  private Attempt exchange(SignIn signIn, BrowserProof proof) {
    return (handle, who) ->
        world.signIns.exchange(handle, signIn.id(), proof) instanceof ExchangeOutcome.Entered
            ? People.got(who)
            : Optional.empty();
  }
}
