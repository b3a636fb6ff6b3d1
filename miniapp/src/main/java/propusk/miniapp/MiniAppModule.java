package propusk.miniapp;

import io.javalin.config.JavalinConfig;
import java.util.List;
import org.eclipse.jetty.server.Server;
import propusk.miniapp.account.OwnAccount;
import propusk.miniapp.connect.Connect;
import propusk.miniapp.edge.Assets;
import propusk.miniapp.edge.EdgeHandler;
import propusk.miniapp.edge.Failures;
import propusk.miniapp.edge.SecurityHeaders;
import propusk.miniapp.edge.ServerSettings;
import propusk.miniapp.event.EventWays;
import propusk.miniapp.home.Home;
import propusk.miniapp.phone.PhoneWay;
import propusk.miniapp.push.Push;
import propusk.miniapp.qrauth.QrAuth;
import propusk.miniapp.register.Register;
import propusk.miniapp.signin.SignInWay;
import propusk.miniapp.widget.WidgetWay;

/// All pages and JSON endpoints, and the push to browsers.
///
/// [#routes] puts them on a Javalin server that the caller makes, starts and stops; [#start] begins
/// to listen for changed rows; [#close] ends the open streams, best before the server stops.
public final class MiniAppModule implements AutoCloseable {
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
  private final Assets assets = new Assets(MiniAppModule.class, ASSETS);
  private final Push push;
  private final List<Feature> features;
  private final EdgeHandler edge;
  private final Failures failures;

  public MiniAppModule(MiniAppDependencies dependencies) {
    given = dependencies;
    var ground = Ground.of(dependencies, assets);
    push = ground.push();
    features = features(ground);
    edge =
        new EdgeHandler(
            new SecurityHeaders(ground.config().frameAncestors()),
            ground.origins(),
            ground.problems(),
            given.random().nextLong());
    failures = new Failures(ground.problems(), ground.shells(), ground.templates());
  }

  /// In the order in which their routes are tried.
  private static List<Feature> features(Ground ground) {
    var phone = new PhoneWay(ground);
    return List.of(
        new QrAuth(ground),
        new OwnAccount(ground),
        new Home(ground),
        phone,
        new SignInWay(ground, phone::exchange),
        new Connect(ground),
        new Register(ground),
        new EventWays(ground),
        new WidgetWay(ground));
  }

  /// Adds everything to a server's configuration: routes, errors, headers, and the event stream.
  public void routes(JavalinConfig config) {
    ServerSettings.apply(config);
    config.routes.get("/assets/{name}", assets::serve);
    features.forEach(feature -> feature.routes(config.routes));
    failures.answer(config.routes);
    config.jetty.modifyServer(this::server);
  }

  public void start() {
    features.forEach(feature -> feature.listen(given.notifications()));
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
    features.forEach(Feature::close);
    push.close();
  }

  private void server(Server server) {
    features.forEach(feature -> feature.events().ifPresent(server::insertHandler));
    server.insertHandler(edge);
    server.setErrorHandler(edge.errorHandler());
  }
}
