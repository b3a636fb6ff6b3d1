package propusk.domain.race;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import propusk.domain.DomainWorld;
import propusk.domain.account.Account;
import propusk.domain.device.DeviceOutcome;
import propusk.domain.magic.MagicOutcome;
import propusk.domain.organization.OrganizationId;
import propusk.domain.outbox.Chat;
import propusk.domain.race.SingleUse.Attempt;
import propusk.domain.registration.BeginOutcome;
import propusk.domain.registration.ContactOutcome;
import propusk.domain.registration.CustomerName;
import propusk.domain.registration.RegistrationId;
import propusk.domain.registration.VerifyOutcome;
import propusk.domain.registration.VouchOutcome;
import propusk.domain.seal.Hashes;
import propusk.domain.seal.Secret;
import propusk.domain.signin.LaunchUses;
import propusk.domain.signin.LocalPath;
import propusk.domain.signin.SignInId;
import propusk.domain.visit.SiteLink;
import propusk.domain.visit.Visits;
import propusk.domain.websession.LoginVia;

/// What else lets somebody in once.
final class EntryUses {
  private final DomainWorld world;
  private final People people;
  private final OrganizationId shore;
  private final Visits visits;
  private final LaunchUses launches;

  EntryUses(DomainWorld world, People people, OrganizationId shore) {
    this.world = world;
    this.people = people;
    this.shore = shore;
    visits = new Visits(world.webSessions, world.clock, world.tokens);
    launches = new LaunchUses(world.clock);
  }

  List<SingleUse> all() {
    return List.of(
        new SingleUse("a magic link", this::magicLink),
        new SingleUse("a contact for a registration", this::contact),
        new SingleUse("an organization's contact for a registration", this::vouchedContact),
        new SingleUse("a registration code", this::registrationCode),
        new SingleUse("a Login Widget's result, or a launch as proof", this::launch),
        new SingleUse("a launch of the home, in as many tabs", this::homeLaunch),
        new SingleUse("a link from the home into a browser", this::siteLink),
        new SingleUse("a remembered browser's next cookie", this::nextCookie));
  }

  private Attempt magicLink() {
    var ilya = people.next();
    var signIn = new SignInId(world.tokens.id());
    var home = new LocalPath("/dashboard");
    var link =
        world
            .in(h -> world.magicLinks.make(h, signIn, ilya.id(), Optional.empty(), home))
            .orElseThrow();
    return (handle, _) ->
        world.magicLinks.redeem(handle, link, People.CHROME)
                instanceof MagicOutcome.Entered(var own, var _)
            ? Optional.of(own.value())
            : Optional.empty();
  }

  private Attempt contact() {
    var ilya = people.next();
    registration(ilya);
    return (handle, who) ->
        world.registrations.contact(handle, ilya, People.NUMBER) instanceof ContactOutcome.Received
            ? People.got(who)
            : Optional.empty();
  }

  private Attempt vouchedContact() {
    var ilya = people.next();
    var id = registration().registration().id();
    return (handle, _) ->
        world.registrations.vouch(handle, id, shore, ilya, People.NUMBER)
                instanceof VouchOutcome.CodeMade(var _, var code)
            ? Optional.of(code.value())
            : Optional.empty();
  }

  private Attempt registrationCode() {
    var ilya = people.next();
    var begun = registration(ilya);
    world.in(handle -> world.registrations.contact(handle, ilya, People.NUMBER));
    RegistrationId id = begun.registration().id();
    var code = world.in(handle -> world.registrations.newCode(handle, id)).orElseThrow().value();
    return (handle, who) ->
        world.registrations.verify(handle, begun.cookie(), code, People.CHROME, "192.0.2." + who)
                instanceof VerifyOutcome.Registered in
            ? Optional.of(in.session().value())
            : Optional.empty();
  }

  private Attempt launch() {
    var fingerprint = Hashes.sha256(world.tokens.secret().value());
    return (handle, who) ->
        launches.first(handle, fingerprint) ? People.got(who) : Optional.empty();
  }

  private Attempt homeLaunch() {
    var ilya = people.next();
    var data = Hashes.sha256(world.tokens.secret().value());
    return (handle, who) ->
        visits
            .open(handle, ilya.id(), DomainWorld.BOT, data, new Secret("tab " + who))
            .map(Secret::value);
  }

  private Attempt siteLink() {
    var ilya = people.next();
    var data = Hashes.sha256(world.tokens.secret().value());
    var link =
        world
            .in(h ->
                visits
                    .open(h, ilya.id(), DomainWorld.BOT, data, new Secret("tab"))
                    .flatMap(bearer -> visits.siteLink(h, bearer)))
            .orElseThrow();
    return (handle, _) ->
        visits.enter(handle, link, People.CHROME) instanceof SiteLink.Entered(var own)
            ? Optional.of(own.value())
            : Optional.empty();
  }

  /// All of them are known, and all get the very same.
  private Attempt nextCookie() {
    var ilya = people.next();
    var cookie =
        world.in(handle -> {
          var session =
              world.webSessions.enter(handle, LoginVia.TELEGRAM_CONFIRM, ilya.id(), People.CHROME);
          return world.devices.remember(handle, ilya.id(), People.CHROME, session);
        });
    world.clock.advance(Duration.ofSeconds(11));
    return (handle, _) ->
        world.devices.use(handle, cookie, People.CHROME, _ -> true)
                instanceof DeviceOutcome.Known(var _, var successor)
            ? Optional.of(successor.value())
            : Optional.of("a cookie that does not count any more");
  }

  private BeginOutcome.Begun registration() {
    var outcome =
        world.in(handle ->
            world.registrations.begin(
                handle, new CustomerName("Илья"), People.CHROME, "192.0.2.1"));
    return (BeginOutcome.Begun) outcome;
  }

  private BeginOutcome.Begun registration(Account person) {
    var begun = registration();
    var chat = new Chat(DomainWorld.BOT, person.telegramId().value());
    world.in(
        handle -> world.registrations.open(handle, begun.registration().id(), person.id(), chat));
    return begun;
  }
}
