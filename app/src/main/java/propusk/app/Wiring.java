package propusk.app;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import propusk.app.config.Config;
import propusk.app.config.DatabaseConfig;
import propusk.app.config.MtprotoConfig;
import propusk.app.launch.Owned;
import propusk.app.ops.Check;
import propusk.app.ops.OpsServer;
import propusk.app.state.HostId;
import propusk.bot.BotConfig;
import propusk.bot.BotDependencies;
import propusk.bot.BotModule;
import propusk.domain.account.AccountPhones;
import propusk.domain.account.PhoneHashes;
import propusk.domain.bot.Backlog;
import propusk.domain.bot.Bots;
import propusk.domain.key.ServiceKeys;
import propusk.domain.organization.Organizations;
import propusk.domain.seal.Sealer;
import propusk.domain.seal.Secret;
import propusk.domain.session.SessionState;
import propusk.domain.signin.LaunchUses;
import propusk.domain.signin.SignInCounts;
import propusk.domain.signin.SignInKind;
import propusk.domain.signin.SignInStep;
import propusk.domain.time.Sweeper;
import propusk.domain.usage.Usage;
import propusk.domain.visit.Visits;
import propusk.domain.worker.Workers;
import propusk.miniapp.MiniAppDependencies;
import propusk.miniapp.MiniAppModule;
import propusk.mtproto.MtprotoDependencies;
import propusk.mtproto.MtprotoModule;
import propusk.mtproto.tdlib.NativeTdJson;
import propusk.mtproto.tdlib.TdLibrary;
import propusk.mtproto.vault.HealthChecks;

/// The map of the system: builds each role top to bottom, one method per module.
///
/// What is started is handed to an [Owned], which ends it in the opposite order.
public final class Wiring {
  private static final String VERSION = "0.1.0";
  private static final int WEB_CONNECTIONS = 16;
  private static final Duration SWEEP = Duration.ofSeconds(5);
  private static final Duration FORGET = Duration.ofHours(1);
  private static final Duration KEEP = Duration.ofDays(1);

  /// Sign-ins are counted by day and way for this long.
  private static final Duration KEEP_SIGN_INS = Duration.ofDays(90);

  private final Owned owned;
  private final PrometheusMeterRegistry metrics =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  private Wiring(Owned owned) {
    this.owned = owned;
  }

  /// Bot and pages.
  public static void web(Config.Web configured, Owned owned) {
    var wiring = new Wiring(owned);
    var ops = wiring.ops(configured.opsPort());
    var store = wiring.store(configured.database(), "web", WEB_CONNECTIONS);
    var domain = Domain.of(store, configured.secretKey());
    var config = configured.with(domain.jdbi().withHandle(new Bots(domain.sealer())::tokens));
    // Each bot keeps a connection for its line.
    store.pool().setMaximumPoolSize(WEB_CONNECTIONS + config.bot().bots().size());
    var bot = wiring.bot(config.bot(), domain);
    wiring.pages(config, domain, bot);
    bot.start();
    wiring.measure(bot, domain.clock());
    wiring.measure(domain.signInCounts());
    wiring.sweepers(domain);
    domain.notifications().start();
    ops.ready(List.of(new Check("database", store::problem)));
  }

  /// TDLib.
  public static MtprotoModule worker(Config.Worker config, Owned owned) {
    var wiring = new Wiring(owned);
    var ops = wiring.ops(config.opsPort());
    var store = wiring.store(config.database(), "worker", 10);
    var domain = Domain.of(store, config.secretKey());
    var mtproto = wiring.mtproto(config.mtproto(), config.vaultKey(), domain);
    domain.notifications().start();
    ops.ready(List.of(new Check("database", store::problem)));
    return mtproto;
  }

  private OpsServer ops(int port) {
    return owned.add(OpsServer.start(port, metrics, List.of()));
  }

  private Store store(DatabaseConfig config, String name, int connections) {
    var store = owned.add(Store.open(config, name, connections));
    store.pool().setMetricRegistry(metrics);
    return store;
  }

  /// To be started when the server listens: from then on Telegram may bring updates.
  private BotModule bot(BotConfig config, Domain domain) {
    return owned.add(
        new BotModule(
            new BotDependencies(
                config,
                domain.jdbi(),
                domain.notifications(),
                domain.sealer(),
                domain.clock(),
                domain.accounts(),
                domain.logins(),
                domain.limits(),
                domain.subscriptions(),
                domain.sessions(),
                domain.events(),
                domain.registrations(),
                domain.admissions(),
                domain.signIns(),
                domain.approvals(),
                domain.devices(),
                domain.deletions(),
                domain.outbox(),
                domain.random())));
  }

  /// The module ends its streams before the server stops.
  private void pages(Config.Web config, Domain domain, BotModule bot) {
    var pages =
        new MiniAppModule(
            new MiniAppDependencies(
                config.miniApp(),
                domain.jdbi(),
                domain.accounts(),
                domain.logins(),
                domain.loginBrowsers(),
                domain.subscriptions(),
                domain.sessions(),
                domain.webSessions(),
                domain.limits(),
                new PhoneHashes(domain.sealer()),
                new AccountPhones(domain.sealer()),
                domain.signIns(),
                domain.approvals(),
                domain.devices(),
                domain.loginLinks(),
                domain.registrations(),
                new Organizations(domain.clock()),
                domain.events(),
                domain.magicLinks(),
                domain.admissions(),
                domain.deletions(),
                new ServiceKeys(domain.clock(), domain.tokens()),
                domain.notifications(),
                domain.clock(),
                System::nanoTime,
                domain.random()));
    owned.add(WebServer.start(config.http(), pages, bot));
    owned.add(pages);
    pages.start();
    metrics.gauge("propusk.pages.waiting", pages, MiniAppModule::waiting);
  }

  private void measure(SignInCounts signIns) {
    for (var kind : SignInKind.values()) {
      for (var step : SignInStep.values()) {
        FunctionCounter.builder("propusk.sign.ins", signIns, each -> each.of(kind, step))
            .tag("way", kind.code())
            .tag("step", step.code())
            .register(metrics);
      }
    }
  }

  /// Where no worker lives, logins end all the same; and what browsers were given is forgotten a
  /// day after it stopped counting.
  private void sweepers(Domain domain) {
    var jdbi = domain.jdbi();
    owned.add(new Sweeper(jdbi, "overdue-logins", SWEEP, domain.logins()::endOverdue)).start();
    owned.add(new Sweeper(jdbi, "overdue-sign-ins", SWEEP, domain.signIns()::endOverdue)).start();
    var registrations = domain.registrations();
    owned.add(new Sweeper(jdbi, "overdue-registrations", SWEEP, registrations::endOverdue)).start();
    var webSessions = domain.webSessions();
    var usage = new Usage(domain.clock());
    var visits = new Visits(webSessions, domain.clock(), domain.tokens());
    owned
        .add(
            new Sweeper(
                jdbi,
                "forgotten-browsers",
                FORGET,
                handle -> {
                  var before = domain.clock().instant().minus(KEEP);
                  var old = domain.clock().instant().minus(KEEP_SIGN_INS);
                  return registrations.forget(handle, before)
                      + domain.magicLinks().forget(handle, before)
                      + domain.loginBrowsers().forget(handle, before)
                      + webSessions.forget(handle, before)
                      + domain.signIns().forget(handle, old)
                      + domain.devices().forget(handle, before)
                      + visits.forget(handle, before)
                      + new LaunchUses(domain.clock()).forget(handle, before)
                      + usage.forget(handle);
                }))
        .start();
  }

  private MtprotoModule mtproto(MtprotoConfig config, Secret vaultKey, Domain domain) {
    try {
      var mtproto =
          owned.add(
              new MtprotoModule(
                  new MtprotoDependencies(
                      domain.jdbi(),
                      domain.notifications(),
                      domain.clock(),
                      System::nanoTime,
                      domain.tokens(),
                      Sealer.parse(vaultKey.value()),
                      domain.logins(),
                      domain.loginRuns(),
                      domain.sessions(),
                      new Workers(domain.clock()),
                      TdLibrary.find(),
                      config.servers(),
                      config.api(),
                      config.rules(),
                      config.stateDirectory().resolve("worker"),
                      HostId.of(config.stateDirectory(), domain.tokens()),
                      VERSION,
                      NativeTdJson::exitNow)));
      mtproto.start();
      measure(mtproto);
      return mtproto;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while TDLib starts", e);
    }
  }

  private void measure(BotModule bot, InstantSource clock) {
    for (long botId : bot.botIds()) {
      var tags = List.of(Tag.of("bot", Long.toString(botId)));
      measure("propusk.inbox", tags, bot, each -> each.inbox(botId), clock);
      measure("propusk.outbox", tags, bot, each -> each.outbox(botId), clock);
    }
  }

  private void measure(
      String name,
      List<Tag> tags,
      BotModule bot,
      Function<BotModule, Backlog> backlog,
      InstantSource clock) {
    metrics.gauge(name + ".open", tags, bot, each -> backlog.apply(each).open());
    metrics.gauge(name + ".dead", tags, bot, each -> backlog.apply(each).dead());
    metrics.gauge(
        name + ".oldest.seconds",
        tags,
        bot,
        each -> backlog.apply(each).age(clock.instant()).toSeconds());
  }

  private void measure(MtprotoModule mtproto) {
    metrics.gauge("propusk.logins.running", mtproto, MtprotoModule::runningLogins);
    metrics.gauge("propusk.telegram.clients", mtproto, MtprotoModule::openClients);
    metrics.gauge(
        "propusk.sessions.oldest.check.seconds", mtproto, each -> each.oldestCheck().toSeconds());
    for (var state : SessionState.values()) {
      var tags = List.of(Tag.of("state", state.code()));
      metrics.gauge("propusk.sessions", tags, mtproto, each -> each.sessions(state));
    }
    for (var outcome : HealthChecks.Outcome.values()) {
      FunctionCounter.builder(
              "propusk.session.checks", mtproto, each -> each.sessionChecks(outcome))
          .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
          .register(metrics);
    }
  }
}
