package propusk.bot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jdbi.v3.core.Jdbi;
import propusk.domain.account.Account;
import propusk.domain.account.Accounts;
import propusk.domain.account.TelegramUserId;
import propusk.domain.browser.BrowserInfo;
import propusk.domain.event.Events;
import propusk.domain.invite.InviteCode;
import propusk.domain.invite.Invites;
import propusk.domain.login.LoginId;
import propusk.domain.login.Logins;
import propusk.domain.notify.Notifications;
import propusk.domain.outbox.Outbox;
import propusk.domain.registration.Registrations;
import propusk.domain.seal.Sealer;
import propusk.domain.seal.Secret;
import propusk.domain.seal.Tokens;
import propusk.domain.signin.Approvals;
import propusk.domain.signin.SignIns;
import propusk.domain.websession.LoginVia;
import propusk.domain.websession.WebSessions;
import propusk.domain.worker.WorkerProcess;
import propusk.domain.worker.Workers;
import propusk.migrations.TestDatabase;
import propusk.sandbox.Sandbox;
import propusk.sandbox.SandboxConfig;
import propusk.sandbox.botapi.SandboxBot;
import propusk.sandbox.person.SandboxClient;
import propusk.sandbox.person.SandboxPerson;

/// The whole bot against a sandbox's Bot API and a database of its own.
public final class BotFixture implements AutoCloseable {
  public static final String TOKEN = Product.TOKEN;

  private final Path directory;
  private final TestDatabase database = TestDatabase.create();
  private final AtomicReference<Duration> shift = new AtomicReference<>(Duration.ZERO);
  public final InstantSource clock = () -> Instant.now().plus(shift.get());
  public final Sandbox sandbox;
  public final SandboxClient client;
  public final Jdbi jdbi = Jdbi.create(database.dataSource());
  private final Product product = new Product(jdbi, clock);
  public final Sealer sealer = product.sealer;
  public final Invites invites = product.invites;
  public final Outbox outbox = product.outbox;
  public final Logins logins = product.logins;
  public final Events events = product.events;
  public final Registrations registrations = product.registrations;
  public final SignIns signIns = product.signIns;
  public final Approvals approvals = new Approvals(product.signInParts);
  private Notifications notifications = notifications();
  private BotModule bot;

  public BotFixture() {
    try {
      directory = Files.createTempDirectory("propusk-bot-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    sandbox =
        Sandbox.start(
            SandboxConfig.onFreePorts(
                directory, Product.BASE_URL, new SandboxBot(TOKEN, "propusk_bot", "Propusk")));
    client = new SandboxClient(sandbox.url());
    bot = bot();
    startBot();
  }

  /// Another process of the same product, as far as the database and Telegram can tell.
  public BotModule secondProcess() {
    var second = bot();
    second.start();
    return second;
  }

  /// Ends the bot as a restart does.
  public void stopBot() {
    bot.close();
    notifications.close();
  }

  public void restartBot() {
    stopBot();
    notifications = notifications();
    bot = bot();
    startBot();
  }

  /// Another process, whose updates come so; the caller starts and closes it.
  public BotModule process(
      Updates updates, String baseUrl, Optional<Secret> cronSecret, List<SandboxPerson> admins) {
    product.updates = updates;
    product.baseUrl = baseUrl;
    product.cronSecret = cronSecret;
    product.admins = admins.stream().map(admin -> new TelegramUserId(admin.id())).toList();
    return bot();
  }

  /// Restarts with this person as the only admin.
  public void restartBotFor(SandboxPerson admin) {
    product.admins = List.of(new TelegramUserId(admin.id()));
    restartBot();
  }

  private void startBot() {
    notifications.start();
    bot.start();
  }

  private Notifications notifications() {
    return new Notifications(database.jdbcUrl(), database.user(), database.password());
  }

  private BotModule bot() {
    return product.bot(sandbox.url().toString(), notifications);
  }

  /// Starts a process that only the caller ends.
  public Process startProcess() {
    try {
      return BotProcess.start(database, sandbox.url().toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Somebody new who speaks this language.
  public SandboxPerson person(String language) {
    var phone = "+7" + new SecureRandom().nextLong(9_000_000_000L, 9_999_999_999L);
    return client.newPerson(Map.of("first_name", "Илья", "phone", phone, "language", language));
  }

  public InviteCode invite(String plan, int uses) {
    return jdbi.inTransaction(handle -> invites.create(handle, plan, uses, Optional.empty()));
  }

  public InviteCode invite(Duration life) {
    return jdbi.inTransaction(handle -> invites.create(handle, "premium", 1, Optional.of(life)));
  }

  /// The account the bot made for this person.
  public Account account(SandboxPerson person) {
    return jdbi.withHandle(h -> new Accounts().find(h, new TelegramUserId(person.id())))
        .orElseThrow();
  }

  public void activate(SandboxPerson person, String plan) {
    jdbi.useTransaction(handle ->
        product.subscriptions.activate(
            handle, account(person).id(), product.plans.get(handle, plan), clock.instant()));
  }

  /// As the website does it.
  public void signInToTheWebsite(SandboxPerson person, BrowserInfo browser) {
    var sessions = new WebSessions(clock, new Tokens(new SecureRandom()));
    jdbi.useTransaction(
        handle -> sessions.enter(handle, LoginVia.TELEGRAM_CONFIRM, account(person).id(), browser));
  }

  /// The worker's side of a scan by the wrong account, without Telegram.
  public void failAsScannedBy(SandboxPerson owner, SandboxPerson scanner) {
    jdbi.useTransaction(handle -> {
      var id =
          new LoginId(
              handle
                  .createQuery("SELECT id FROM login WHERE account_id = :id AND ended_at IS NULL")
                  .bind("id", account(owner).id().value())
                  .mapTo(String.class)
                  .one());
      logins.open(handle, id, new TelegramUserId(owner.id()), new byte[32], new Secret("tab"));
      var host = new WorkerProcess("host", 1, 1);
      var worker = new Workers(clock).register(handle, host);
      var runs = product.runs();
      var claim = runs.claim(handle, worker, "host", 1).getFirst();
      runs.refuseScan(handle, claim, new TelegramUserId(scanner.id()));
    });
  }

  /// Moves the product's clock; the sandbox keeps its own.
  public void advance(Duration time) {
    shift.updateAndGet(time::plus);
  }

  public long count(String sql) {
    return jdbi.withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).one());
  }

  /// Ends all connections, as a restart of PostgreSQL does.
  public void disconnectEveryone() {
    database.disconnectEveryone();
  }

  /// Waits until it is so, a minute at most.
  public static void await(String what, BooleanSupplier condition) {
    var deadline = Instant.now().plusSeconds(60);
    while (!condition.getAsBoolean()) {
      if (Instant.now().isAfter(deadline)) {
        throw new AssertionError("not in time: " + what);
      }
      try {
        Thread.sleep(10);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(what, e);
      }
    }
  }

  @Override
  public void close() {
    stopBot();
    client.close();
    sandbox.close();
    database.close();
    try (var files = Files.walk(directory)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
