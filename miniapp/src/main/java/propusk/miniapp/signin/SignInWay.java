package propusk.miniapp.signin;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.eclipse.jetty.server.Handler;
import org.jdbi.v3.core.Jdbi;
import propusk.domain.account.AccountPhones;
import propusk.domain.account.Accounts;
import propusk.domain.account.PhoneHashes;
import propusk.domain.device.TrustedDevices;
import propusk.domain.event.Admissions;
import propusk.domain.limit.Limits;
import propusk.domain.notify.Channel;
import propusk.domain.notify.Notifications;
import propusk.domain.organization.Organizations;
import propusk.domain.seal.Tokens;
import propusk.domain.session.TelegramSessions;
import propusk.domain.signin.Approvals;
import propusk.domain.signin.SignIns;
import propusk.domain.websession.WebSessions;
import propusk.miniapp.Feature;
import propusk.miniapp.Ground;
import propusk.miniapp.MiniAppConfig;
import propusk.miniapp.device.RememberedBrowsers;
import propusk.miniapp.edge.KeyDoor;
import propusk.miniapp.edge.Origins;
import propusk.miniapp.edge.Problems;
import propusk.miniapp.initdata.Launches;
import propusk.miniapp.page.Shells;
import propusk.miniapp.page.Templates;
import propusk.miniapp.push.Push;
import propusk.miniapp.push.Waits;
import tools.jackson.databind.ObjectMapper;

/// The ways into the website but for the one by phone and code: their pages, their JSON, their
/// events.
public final class SignInWay implements Feature {
  private final Waits waits;
  private final SignInPages pages;
  private final SignInApi api;
  private final SignInEvents events;
  private final KeyApi keys;
  private final SiteApi sites;
  private final FrontDoor front;
  private final Push push;

  /// A bot that people are led to.
  ///
  /// @param link such as `https://t.me/propusk_bot`
  record Bot(String username, String link) {}

  /// What other sites and organizations need besides.
  record Sites(
      Organizations organizations,
      Limits limits,
      KeyDoor keys,
      Origins origins,
      Admissions admissions) {}

  /// What it is built from.
  ///
  /// @param phoneExchange answers the exchange of a login by phone and code, by its token
  record Parts(
      MiniAppConfig config,
      Jdbi jdbi,
      Accounts accounts,
      AccountPhones phones,
      PhoneHashes hashes,
      SignIns signIns,
      Approvals approvals,
      TrustedDevices devices,
      WebSessions webSessions,
      TelegramSessions telegramSessions,
      RememberedBrowsers remembered,
      Bot bot,
      Launches launches,
      InstantSource clock,
      LongSupplier nanoTime,
      SecureRandom random,
      Shells shells,
      Templates templates,
      ObjectMapper json,
      Push push,
      Problems problems,
      Sites sites,
      BiConsumer<Context, String> phoneExchange) {}

  /// @param phoneExchange answers the exchange of a login by phone and code, by its token
  public SignInWay(Ground ground, BiConsumer<Context, String> phoneExchange) {
    this(parts(ground, phoneExchange));
  }

  private SignInWay(Parts parts) {
    waits = new Waits(parts.nanoTime());
    push = parts.push();
    var desk = new SignInDesk(parts, parts.remembered(), new Tokens(parts.random()));
    var live = new LiveSessions(parts.jdbi(), parts.telegramSessions(), parts.clock(), waits);
    var starts =
        new Starts(
            new Starts.Parts(
                parts.jdbi(),
                parts.accounts(),
                parts.phones(),
                parts.hashes(),
                parts.approvals(),
                parts.devices(),
                parts.webSessions(),
                live));
    var views = new SignInViews(parts);
    var proofs = new Proofs(parts.sites().origins());
    api = new SignInApi(parts, desk, starts, proofs, views);
    pages = new SignInPages(parts, desk, starts);
    events = new SignInEvents(parts, proofs, views);
    sites = new SiteApi(parts, proofs, desk);
    keys = new KeyApi(parts, desk, api, sites);
    front = new FrontDoor(parts);
  }

  /// To be added after the way by phone: `/login/{id}` fits its pages too.
  @Override
  public void routes(RoutesConfig routes) {
    front.add(routes);
    api.add(routes);
    sites.add(routes);
    keys.add(routes);
    pages.add(routes);
  }

  @Override
  public Optional<Handler.Singleton> events() {
    return Optional.of(events);
  }

  @Override
  public void listen(Notifications notifications) {
    notifications.on(Channel.ACCOUNT, waits::hint);
    notifications.on(Channel.SIGN_IN, this::hint);
  }

  @Override
  public void close() {
    waits.close();
  }

  private static Parts parts(Ground ground, BiConsumer<Context, String> phoneExchange) {
    var given = ground.given();
    var bots = ground.bots();
    return new Parts(
        ground.config(),
        given.jdbi(),
        given.accounts(),
        given.phones(),
        given.phoneHashes(),
        given.signIns(),
        given.approvals(),
        given.devices(),
        given.webSessions(),
        given.telegramSessions(),
        ground.remembered(),
        new Bot(bots.username(), bots.link().toString()),
        ground.launches(),
        given.clock(),
        given.nanoTime(),
        given.random(),
        ground.shells(),
        ground.templates(),
        ground.json(),
        ground.push(),
        ground.problems(),
        new Sites(
            given.organizations(),
            given.limits(),
            ground.keys(),
            ground.origins(),
            given.admissions()),
        phoneExchange);
  }

  private void hint(String ids) {
    if (ids.equals(Notifications.EVERYTHING)) {
      push.hintAll();
    } else {
      push.hint(SignInEvents.topic(ids));
    }
  }
}
