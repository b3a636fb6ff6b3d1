package propusk.sandbox;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import java.net.URI;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import propusk.sandbox.botapi.BotApi;
import propusk.sandbox.botapi.ChangeFeed;
import propusk.sandbox.botapi.SandboxBot;
import propusk.sandbox.control.ControlParts;
import propusk.sandbox.control.ControlRoutes;
import propusk.sandbox.control.PhoneWatch;
import propusk.sandbox.dc.DataCentre;
import propusk.sandbox.dc.DataCentreConfig;
import propusk.sandbox.page.PageRoutes;
import propusk.sandbox.world.World;

/// A Telegram of our own on loopback: data centre, Bot API, control API and a page for people.
///
/// Its world is kept in a directory and survives restarts. Whoever starts it closes it.
public final class Sandbox implements AutoCloseable {
  private static final int ED25519_BYTES = 32;
  private static final long MAX_REQUEST = 12_000_000;

  private final World world;
  private final DataCentre dataCentre;
  private final Javalin http;
  private final List<AutoCloseable> waiting;

  private Sandbox(World world, DataCentre dataCentre, Javalin http, List<AutoCloseable> waiting) {
    this.world = world;
    this.dataCentre = dataCentre;
    this.http = http;
    this.waiting = waiting;
  }

  /// Starts everything and returns when it listens.
  ///
  /// @throws RuntimeException if a port is taken or another process has the world open
  public static Sandbox start(SandboxConfig config) {
    var world = World.open(config.directory());
    FirstPeople.settle(world);
    var dataCentre = DataCentre.start(world, new DataCentreConfig(2, config.dcPort()));
    var feed = new ChangeFeed();
    var key = SigningKey.of(world);
    var botApi = new BotApi(world, config.bots(), feed, new SecureRandom(), key.getPrivate());
    new CodeDelivery(world, botApi.service(), feed).serve(dataCentre);
    var parts =
        new ControlParts(
            world,
            dataCentre,
            botApi,
            feed,
            config.webUrl(),
            publicHex(key),
            () -> FirstPeople.settle(world));
    var watch = new PhoneWatch(world, dataCentre, feed);
    var http =
        Javalin.create(javalin -> {
          listen(javalin, config.httpPort());
          javalin.routes.before(LoopbackGuard::check);
          botApi.routes(javalin);
          new ControlRoutes(parts, watch).add(javalin);
          var names = config.bots().stream().map(SandboxBot::username).toList();
          new PageRoutes(config.webUrl(), names).add(javalin);
        });
    http.start();
    return new Sandbox(world, dataCentre, http, List.of(watch, feed, botApi));
  }

  private static void listen(JavalinConfig javalin, int port) {
    javalin.startup.showJavalinBanner = false;
    javalin.startup.showOldJavalinVersionWarning = false;
    javalin.startup.startupWatcherEnabled = false;
    javalin.concurrency.useVirtualThreads = true;
    javalin.http.maxRequestSize = MAX_REQUEST;
    javalin.jetty.host = "127.0.0.1";
    javalin.jetty.port = port;
    javalin.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
  }

  private static String publicHex(KeyPair key) {
    var encoded = key.getPublic().getEncoded();
    var raw = Arrays.copyOfRange(encoded, encoded.length - ED25519_BYTES, encoded.length);
    return HexFormat.of().formatHex(raw);
  }

  /// The page, and what control and Bot API paths are appended to.
  public URI url() {
    return URI.create("http://127.0.0.1:" + http.port());
  }

  public World world() {
    return world;
  }

  public DataCentre dataCentre() {
    return dataCentre;
  }

  @Override
  public void close() {
    waiting.forEach(Sandbox::close);
    http.stop();
    dataCentre.close();
    world.close();
  }

  private static void close(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
