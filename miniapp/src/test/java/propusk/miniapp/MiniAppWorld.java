package propusk.miniapp;

import com.zaxxer.hikari.HikariDataSource;
import io.javalin.Javalin;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.Jdbi;
import propusk.domain.DomainWorld;
import propusk.domain.account.Account;
import propusk.domain.account.AccountPhones;
import propusk.domain.account.Language;
import propusk.domain.account.PhoneHashes;
import propusk.domain.account.TelegramProfile;
import propusk.domain.account.TelegramUserId;
import propusk.domain.login.Claim;
import propusk.domain.login.Login;
import propusk.domain.login.LoginEvent;
import propusk.domain.login.LoginRequest;
import propusk.domain.login.RequestOutcome;
import propusk.domain.notify.Notifications;
import propusk.domain.seal.Secret;
import propusk.domain.session.SealedSession;
import propusk.domain.session.TelegramSessionId;
import propusk.domain.websession.WebSessions;
import propusk.domain.worker.WorkerProcess;
import propusk.miniapp.edge.Network;
import propusk.miniapp.initdata.SignedInitData;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The pages on a real web server over a real database. Logins are moved on as the bot and a worker
/// move them: through the domain.
public final class MiniAppWorld implements AutoCloseable {
  public static final String TOKEN = DomainWorld.BOT + ":AAFtestTestTestTestTestTestTestTest";

  /// Whose pages may sign people in here.
  public static final String OTHER_SITE = "https://shop.example";

  public static final String HOST = "worker-host";

  public final DomainWorld domain = new DomainWorld();
  public final JsonMapper json = JsonMapper.builder().build();
  public final URI base = URI.create("http://localhost:" + freePort());
  public final WebSessions webSessions = new WebSessions(domain.clock, domain.tokens);
  public final MiniAppModule module;
  private final WebProcess process;
  private final HikariDataSource pool = pool();
  private final AtomicLong ahead = new AtomicLong();
  private final boolean passwordPages;
  private final List<String> frameAncestors;
  private final List<WebProcess> others = new ArrayList<>();
  private final HttpClient http = HttpClient.newHttpClient();

  public MiniAppWorld() {
    this(List.of("https://web.telegram.org"));
  }

  public MiniAppWorld(List<String> frameAncestors) {
    this(frameAncestors, true);
  }

  /// As the operator has it who wants no page that takes passwords.
  public static MiniAppWorld withoutPasswordPages() {
    return new MiniAppWorld(List.of("https://web.telegram.org"), false);
  }

  private MiniAppWorld(List<String> frameAncestors, boolean passwordPages) {
    this.frameAncestors = frameAncestors;
    this.passwordPages = passwordPages;
    process = new WebProcess(base);
    module = process.module;
  }

  /// One more web process of the same product.
  ///
  /// @return where it is reached
  public URI anotherProcess() {
    var address = URI.create("http://localhost:" + freePort());
    others.add(new WebProcess(address));
    return address;
  }

  /// The pages as one process serves them.
  private final class WebProcess implements AutoCloseable {
    private final MiniAppModule module;
    private final Notifications notifications =
        new Notifications(
            domain.database.jdbcUrl(), domain.database.user(), domain.database.password());
    private final Javalin server;

    WebProcess(URI address) {
      module = module(address, notifications);
      server = Javalin.create(module::routes);
      module.start();
      notifications.start();
      server.start("localhost", address.getPort());
    }

    @Override
    public void close() {
      module.close();
      server.stop();
      notifications.close();
    }
  }

  private MiniAppModule module(URI address, Notifications notifications) {
    var config =
        new MiniAppConfig(
            address,
            URI.create("https://t.me"),
            URI.create("https://oauth.telegram.org"),
            Map.of(DomainWorld.BOT, new MiniAppConfig.Bot("propusk_bot", new Secret(TOKEN), true)),
            frameAncestors,
            List.of(OTHER_SITE),
            List.of(Network.parse("127.0.0.1").orElseThrow()),
            passwordPages);
    return new MiniAppModule(
        new MiniAppDependencies(
            config,
            Jdbi.create(pool),
            domain.accounts,
            domain.logins,
            domain.browsers,
            domain.subscriptions,
            domain.sessions,
            webSessions,
            domain.limits,
            new PhoneHashes(domain.sealer),
            new AccountPhones(domain.sealer),
            domain.signIns,
            domain.approvals,
            domain.devices,
            domain.links,
            domain.registrations,
            domain.organizations,
            domain.events,
            domain.magicLinks,
            domain.admissions,
            domain.deletions,
            domain.keys,
            notifications,
            domain.clock,
            () -> System.nanoTime() + ahead.get(),
            domain.random));
  }

  public Account ilya(Language language) {
    return domain.in(handle ->
        domain.accounts.seen(
            handle,
            new TelegramProfile(
                new TelegramUserId(139883458),
                language == Language.RU ? "Илья" : "Ilya",
                Optional.of(language == Language.RU ? "Козлов" : "Kozlov"),
                Optional.of("ilya_kozlov"),
                Optional.of(language))));
  }

  /// As the bot does it for `/login INVITE`.
  public Login requested(Account account) {
    var invite = domain.premiumInvite(1);
    var request =
        new LoginRequest(
            account, Optional.of(invite), true, DomainWorld.BOT, account.telegramId().value());
    var outcome = domain.in(handle -> domain.logins.request(handle, request));
    if (outcome instanceof RequestOutcome.Granted(var login, var _)) {
      return login;
    }
    throw new AssertionError(outcome);
  }

  public String initData(Account account) {
    return initData(account, domain.clock.instant());
  }

  public String initData(Account account, Instant at) {
    var user =
        json.createObjectNode()
            .put("id", account.telegramId().value())
            .put("first_name", account.firstName());
    account.lastName().ifPresent(name -> user.put("last_name", name));
    account.username().ifPresent(name -> user.put("username", name));
    user.put("language_code", account.language().code());
    return SignedInitData.of(account.telegramId().value(), account.firstName(), at)
        .with("user", user.toString())
        .signedFor(TOKEN);
  }

  /// As a worker that just came: takes the login that waits.
  public Claim claim() {
    var process = new WorkerProcess(HOST, 1, 1);
    return domain
        .in(handle -> domain.runs.claim(handle, domain.workers.register(handle, process), HOST, 1))
        .getFirst();
  }

  public Secret link(Claim claim, Duration life) {
    var link = new Secret("tg://login?token=" + domain.tokens.secret().value() + "AAAAAAAAAAAAA");
    domain.in(handle -> domain.runs.linked(handle, claim, link, domain.clock.instant().plus(life)));
    return link;
  }

  public void apply(Claim claim, LoginEvent event) {
    domain.in(handle -> domain.runs.apply(handle, claim, event));
  }

  public void complete(Claim claim, Account account) {
    apply(claim, new LoginEvent.Authorized());
    var profile =
        new TelegramProfile(
            account.telegramId(),
            account.firstName(),
            account.lastName(),
            account.username(),
            Optional.of(account.language()));
    domain.in(handle ->
        domain.runs.complete(
            handle,
            claim,
            TelegramSessionId.random(domain.tokens),
            sealed(),
            profile,
            Optional.empty()));
  }

  private static SealedSession sealed() {
    return new SealedSession(new byte[] {1}, new byte[] {2});
  }

  public HttpResponse<String> get(String path, String... headers) {
    var request = HttpRequest.newBuilder(base.resolve(path)).GET();
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  public HttpResponse<String> post(String path, String body, String... headers) {
    var request =
        HttpRequest.newBuilder(base.resolve(path))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .header("Content-Type", "application/json")
            .header("Origin", base.toString());
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  public HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /// An open stream of events; the body is read line by line.
  public HttpResponse<InputStream> events(Login login, String bearer) {
    var request =
        HttpRequest.newBuilder(base.resolve("/qr-auth/events?session_id=" + login.id().value()))
            .header("Authorization", "Bearer " + bearer)
            .build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  public HttpResponse<String> open(Login login, String initData, String tab) {
    var body =
        json.createObjectNode()
            .put("session_id", login.id().value())
            .put("init_data", initData)
            .put("tab", tab);
    return post("/qr-auth/open", body.toString());
  }

  /// The bearer of the login's owner, who opens it now.
  public String bearer(Login login, Account account) {
    // A launch of its own: the same one from another tab would be a replay.
    domain.clock.advance(Duration.ofSeconds(1));
    return tree(open(login, initData(account), "tab-1").body()).path("bearer").stringValue();
  }

  public JsonNode status(Login login, String bearer) {
    var path = "/qr-auth-status?session_id=" + login.id().value();
    return tree(get(path, "Authorization", "Bearer " + bearer).body());
  }

  public JsonNode tree(String body) {
    return json.readTree(body);
  }

  /// Lets the pages' monotonic clock run ahead.
  public void runAhead(Duration by) {
    ahead.addAndGet(by.toNanos());
  }

  private HikariDataSource pool() {
    var pool = new HikariDataSource();
    pool.setDataSource(domain.database.dataSource());
    pool.setMaximumPoolSize(8);
    pool.setConnectionTimeout(3_000);
    return pool;
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    others.forEach(WebProcess::close);
    process.close();
    http.close();
    pool.close();
    domain.close();
  }
}
