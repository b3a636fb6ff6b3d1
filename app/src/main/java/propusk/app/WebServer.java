package propusk.app;

import io.javalin.Javalin;
import propusk.app.config.HttpConfig;
import propusk.bot.BotModule;
import propusk.miniapp.MiniAppModule;

/// The public web server.
final class WebServer implements AutoCloseable {
  private final Javalin server;

  private WebServer(Javalin server) {
    this.server = server;
  }

  /// @throws IllegalStateException when the port is taken, with what to do
  static WebServer start(HttpConfig config, MiniAppModule pages, BotModule bot) {
    var server =
        Javalin.create(routes -> {
          pages.routes(routes);
          bot.routes(routes);
        });
    try {
      server.start(config.host(), config.port());
      return new WebServer(server);
    } catch (RuntimeException e) {
      throw new IllegalStateException(
          "The web server cannot listen on port %d; set PROPUSK_PORT to a free one"
              .formatted(config.port()),
          e);
    }
  }

  @Override
  public void close() {
    server.stop();
  }
}
