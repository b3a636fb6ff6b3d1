package propusk.miniapp;

import io.javalin.config.JavalinConfig;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.eclipse.jetty.server.Server;
import propusk.domain.deletion.Deletions;
import propusk.domain.seal.Tokens;
import propusk.domain.text.Messages;
import propusk.domain.usage.Usage;
import propusk.domain.visit.Visits;
import propusk.miniapp.MiniAppConfig.Bot;
import propusk.miniapp.account.AccountViews;
import propusk.miniapp.account.OwnAccount;
import propusk.miniapp.account.Visitors;
import propusk.miniapp.connect.Connect;
import propusk.miniapp.device.RememberedBrowsers;
import propusk.miniapp.edge.Assets;
import propusk.miniapp.edge.ClientAddresses;
import propusk.miniapp.edge.EdgeHandler;
import propusk.miniapp.edge.Failures;
import propusk.miniapp.edge.KeyDoor;
import propusk.miniapp.edge.Origins;
import propusk.miniapp.edge.Problems;
import propusk.miniapp.edge.SecurityHeaders;
import propusk.miniapp.edge.ServerSettings;
import propusk.miniapp.event.EventWays;
import propusk.miniapp.home.Home;
import propusk.miniapp.initdata.BotKey;
import propusk.miniapp.initdata.InitDataCheck;
import propusk.miniapp.initdata.Launches;
import propusk.miniapp.initdata.WidgetCheck;
import propusk.miniapp.page.Shells;
import propusk.miniapp.page.Templates;
import propusk.miniapp.phone.PhoneWay;
import propusk.miniapp.push.Push;
import propusk.miniapp.qr.QrImages;
import propusk.miniapp.qrauth.EndWords;
import propusk.miniapp.qrauth.LoginViews;
import propusk.miniapp.qrauth.QrAuth;
import propusk.miniapp.qrauth.QrAuthPages;
import propusk.miniapp.register.Register;
import propusk.miniapp.signin.SignInWay;
import propusk.miniapp.widget.WidgetWay;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/// All pages and JSON endpoints, and the push to browsers.
///
/// [#routes] puts them on a Javalin server that the caller makes, starts and stops; [#start] begins
/// to listen for changed rows; [#close] ends the open streams, best before the server stops.
public final class MiniAppModule implements AutoCloseable {
  private static final int KEPT_IMAGES = 2_000;
  private static final List<String> ASSETS =
      List.of(
          "mark.svg",
          "tokens.css",
          "base.css",
          "pass.css",
          "parts.css",
          "qr-auth.css",
          "site.css",
          "account.css",
          "home.css",
          "connect.css",
          "signin.css",
          "telegram.js",
          "theme.js",
          "surroundings.js",
          "tab.js",
          "stream.js",
          "clocks.js",
          "scan-view.js",
          "copying.js",
          "login-view.js",
          "login-actions.js",
          "qr-auth.js",
          "site.js",
          "widget.js",
          "phone.js",
          "login.js",
          "signin.js",
          "code-field.js",
          "connect-form.js",
          "connect-live.js",
          "account.js",
          "home.js",
          "register.js",
          "event.js",
          "front.js");

  private final MiniAppDependencies given;
  private final ObjectMapper json = JsonMapper.builder().build();
  private final Problems problems = new Problems(json);
  private final Assets assets = new Assets(MiniAppModule.class, ASSETS);
  private final Push push;
  private final QrAuth qrAuth;
  private final Launches launches;
  private final AccountViews views;
  private final OwnAccount account;
  private final Home home;
  private final PhoneWay phone;
  private final Origins origins;
  private final SignInWay signIn;
  private final Connect connect;
  private final Register register;
  private final EventWays event;
  private final WidgetWay widget;
  private final EdgeHandler edge;
  private final Failures failures;

  public MiniAppModule(MiniAppDependencies dependencies) {
    given = dependencies;
    push = new Push(dependencies.nanoTime());
    var messages = new Messages("propusk.miniapp.messages", MiniAppModule.class.getClassLoader());
    var shells = new Shells(messages, assets);
    var templates = new Templates();
    launches =
        new Launches(
            new InitDataCheck(json, given.clock()), botKeys(_ -> true), botKeys(Bot::ours));
    views = views();
    var remembered = new RememberedBrowsers(given.jdbi(), given.devices());
    account = account(remembered, shells, templates);
    home = home(remembered, shells, templates);
    phone = phone(remembered, shells, templates);
    origins = new Origins(given.config().baseUrl(), given.config().allowedOrigins());
    signIn = signIn(remembered, shells, templates);
    var views =
        new LoginViews(
            json,
            new QrImages(KEPT_IMAGES),
            new EndWords(messages),
            given.clock(),
            given.config().baseUrl());
    qrAuth = qrAuth(views, shells, templates);
    connect = connect(views, shells, templates);
    register = register(shells, templates);
    event = event(shells, templates);
    widget = widget(shells, templates);
    edge = edge();
    failures = new Failures(problems, shells, templates);
  }

  /// Adds everything to a server's configuration: routes, errors, headers, and the event stream.
  public void routes(JavalinConfig config) {
    ServerSettings.apply(config);
    config.routes.get("/assets/{name}", assets::serve);
    qrAuth.routes(config.routes);
    account.routes(config.routes);
    home.routes(config.routes);
    phone.routes(config.routes);
    signIn.routes(config.routes);
    connect.routes(config.routes);
    register.routes(config.routes);
    event.routes(config.routes);
    widget.routes(config.routes);
    failures.answer(config.routes);
    config.jetty.modifyServer(this::server);
  }

  public void start() {
    qrAuth.listen(given.notifications());
    phone.listen(given.notifications());
    signIn.listen(given.notifications());
    account.listen(given.notifications());
    register.listen(given.notifications());
    event.listen(given.notifications());
    push.start();
  }

  /// How many browsers wait for events.
  public int waiting() {
    return push.waiting();
  }

  /// Ends the open streams; the browsers come back at once.
  public void dropStreams() {
    push.endAll();
  }

  @Override
  public void close() {
    phone.close();
    signIn.close();
    push.close();
  }

  private void server(Server server) {
    server.insertHandler(register.events());
    server.insertHandler(event.events());
    server.insertHandler(connect.events());
    server.insertHandler(signIn.events());
    server.insertHandler(account.events());
    server.insertHandler(qrAuth.events());
    server.insertHandler(edge);
    server.setErrorHandler(edge.errorHandler());
  }

  private AccountViews views() {
    return new AccountViews(
        given.accounts(),
        given.subscriptions(),
        new Usage(given.clock()),
        given.telegramSessions(),
        given.webSessions(),
        new Deletions(given.telegramSessions(), given.logins(), given.clock()),
        given.clock());
  }

  private Home home(RememberedBrowsers remembered, Shells shells, Templates templates) {
    var tokens = new Tokens(given.random());
    return new Home(
        new Home.Parts(
            given.jdbi(),
            new Visits(given.webSessions(), given.clock(), tokens),
            views,
            launches,
            remembered,
            tokens,
            shells,
            templates,
            json,
            new ClientAddresses(given.config().trustedProxies()),
            given.config().baseUrl(),
            this::botLink,
            parents()));
  }

  private OwnAccount account(RememberedBrowsers remembered, Shells shells, Templates templates) {
    return new OwnAccount(
        new OwnAccount.Parts(
            given.jdbi(),
            views,
            new Visitors(given.jdbi(), given.webSessions()),
            remembered,
            firstBot(),
            shells,
            templates,
            json,
            push,
            problems));
  }

  private OwnAccount.Bot firstBot() {
    return given.config().bots().entrySet().stream()
        .findFirst()
        .map(bot ->
            new OwnAccount.Bot(
                bot.getKey(), bot.getValue().username(), URI.create(botLink(Optional.empty()))))
        .orElseGet(() -> new OwnAccount.Bot(0, "", given.config().telegramLinkBase()));
  }

  private SignInWay signIn(RememberedBrowsers remembered, Shells shells, Templates templates) {
    var bot = firstBot();
    return new SignInWay(
        new SignInWay.Parts(
            given.config(),
            given.jdbi(),
            given.accounts(),
            given.phones(),
            given.phoneHashes(),
            given.signIns(),
            given.approvals(),
            given.devices(),
            given.webSessions(),
            given.telegramSessions(),
            remembered,
            new SignInWay.Bot(bot.username(), bot.link().toString()),
            launches,
            given.clock(),
            given.nanoTime(),
            given.random(),
            shells,
            templates,
            json,
            push,
            problems,
            new SignInWay.Sites(
                given.organizations(),
                given.limits(),
                new KeyDoor(given.jdbi(), given.serviceKeys()),
                origins),
            phone::exchange));
  }

  private PhoneWay phone(RememberedBrowsers remembered, Shells shells, Templates templates) {
    return new PhoneWay(
        new PhoneWay.Parts(
            given.config(),
            given.jdbi(),
            given.logins(),
            given.loginBrowsers(),
            given.webSessions(),
            remembered,
            given.limits(),
            given.phoneHashes(),
            given.clock(),
            given.nanoTime(),
            given.random(),
            shells,
            templates,
            json));
  }

  private WidgetWay widget(Shells shells, Templates templates) {
    var config = given.config();
    var tokens = new Tokens(given.random());
    // Without a bot nothing is signed for us: a key that nobody has.
    var bot =
        config.bots().entrySet().stream()
            .findFirst()
            .orElseGet(() -> Map.entry(0L, new MiniAppConfig.Bot("", tokens.secret(), true)));
    return new WidgetWay(
        new WidgetWay.Parts(
            given.jdbi(),
            given.accounts(),
            given.webSessions(),
            given.limits(),
            given.clock(),
            tokens,
            new WidgetCheck(json, given.clock()),
            new ClientAddresses(config.trustedProxies()),
            shells,
            templates,
            config.baseUrl(),
            config.telegramOauthBase(),
            bot.getKey(),
            bot.getValue().token()));
  }

  private EdgeHandler edge() {
    var config = given.config();
    return new EdgeHandler(
        new SecurityHeaders(config.frameAncestors()), origins, problems, given.random().nextLong());
  }

  private Connect connect(LoginViews views, Shells shells, Templates templates) {
    return new Connect(
        new Connect.Parts(
            given.jdbi(),
            given.logins(),
            given.loginLinks(),
            given.loginBrowsers(),
            views,
            shells,
            templates,
            json,
            push,
            problems,
            new Tokens(given.random()),
            new ClientAddresses(given.config().trustedProxies()),
            given.config().baseUrl(),
            given.config().passwordPages(),
            given.nanoTime()));
  }

  private Register register(Shells shells, Templates templates) {
    return new Register(
        new Register.Parts(
            given.jdbi(),
            given.registrations(),
            given.accounts(),
            given.webSessions(),
            given.clock(),
            new ClientAddresses(given.config().trustedProxies()),
            new KeyDoor(given.jdbi(), given.serviceKeys()),
            shells,
            templates,
            new Tokens(given.random()),
            json,
            push,
            problems,
            botLink(Optional.empty()),
            botUsername()));
  }

  private EventWays event(Shells shells, Templates templates) {
    return new EventWays(
        new EventWays.Parts(
            given.jdbi(),
            given.signIns(),
            given.accounts(),
            given.webSessions(),
            given.clock(),
            new Tokens(given.random()),
            new ClientAddresses(given.config().trustedProxies()),
            new KeyDoor(given.jdbi(), given.serviceKeys()),
            shells,
            templates,
            json,
            push,
            problems,
            given.config().baseUrl(),
            botLink(Optional.empty()),
            botUsername()));
  }

  private String botUsername() {
    return given.config().bots().values().stream()
        .findFirst()
        .map(MiniAppConfig.Bot::username)
        .orElse("");
  }

  private QrAuth qrAuth(LoginViews views, Shells shells, Templates templates) {
    var parts =
        new QrAuth.Parts(
            json,
            given.jdbi(),
            given.logins(),
            given.loginLinks(),
            given.accounts(),
            views,
            launches,
            new Tokens(given.random()),
            push,
            problems,
            given.config().baseUrl(),
            given.config().passwordPages(),
            given.nanoTime());
    var pages =
        new QrAuthPages.Parts(
            given.jdbi(),
            given.logins(),
            shells,
            templates,
            json,
            given.config().baseUrl().getAuthority(),
            this::botLink,
            parents());
    return new QrAuth(parts, new QrAuthPages(pages));
  }

  private Map<Long, BotKey> botKeys(Predicate<Bot> which) {
    var keys = new LinkedHashMap<Long, BotKey>();
    given
        .config()
        .bots()
        .forEach((id, bot) -> {
          if (which.test(bot)) {
            keys.put(id, BotKey.of(bot.token()));
          }
        });
    return keys;
  }

  private String botLink(Optional<Long> botId) {
    var bots = given.config().bots();
    var base = given.config().telegramLinkBase().toString();
    return botId
        .map(bots::get)
        .or(() -> bots.values().stream().findFirst())
        .map(bot -> base + "/" + bot.username())
        .orElse(base);
  }

  /// Origins among the frame ancestors: those may also talk to the page.
  private List<String> parents() {
    var own = Origins.origin(given.config().baseUrl());
    return given.config().frameAncestors().stream()
        .map(source -> source.equals("'self'") ? own : source)
        .filter(source -> source.startsWith("http"))
        .toList();
  }
}
