package propusk.app.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import propusk.app.InviteDesk;
import propusk.app.config.Config;
import propusk.app.launch.Instance;
import propusk.app.launch.Owned;
import propusk.app.launch.Ports;
import propusk.app.launch.Serve;
import propusk.app.state.StateDirectory;

/// Everything on one machine with nothing configured: database, sandbox, web and worker, and an
/// invite to begin with.
///
/// All of it is kept between starts, the sandbox's world included.
public final class Demo {
  private static final int WEB_PORT = 8080;
  private static final int SANDBOX_PORT = 8081;

  private final StateDirectory state;
  private final Map<String, String> environment;
  private final Owned owned;
  private final PrintStream out;
  private final Ports ports = new Ports();

  /// @param environment the launcher's own; its `PROPUSK_` settings do not reach the demo
  public Demo(StateDirectory state, Map<String, String> environment, Owned owned, PrintStream out) {
    this.state = new StateDirectory(state.passable("demo"));
    this.environment = new TreeMap<>(environment);
    this.environment.keySet().removeIf(name -> name.startsWith("PROPUSK_"));
    this.owned = owned;
    this.out = out;
  }

  /// Returns when everything is ready and the way in is printed.
  ///
  /// @param anew whether to forget everything first
  public void start(boolean anew) {
    owned.add(state.lock());
    if (anew) {
      reset();
    }
    var secrets = DemoSecrets.load(state.path(), new SecureRandom());
    var webUrl = URI.create("http://localhost:" + port("web", WEB_PORT));
    int sandboxPort = port("sandbox", SANDBOX_PORT);
    environment.putAll(secrets.settings());
    var logs = state.privately("log");
    out.println("Starting the sandbox and the database …");
    var sandbox = sandbox(logs, sandboxPort, webUrl, secrets);
    var serve = new Serve(environment, state, owned, Optional.of(logs));
    var settings = serve.database();
    out.println("Starting web and worker …");
    serve.children(settings(webUrl, sandbox), ports);
    settings.put("PROPUSK_BOT_API_URL", sandbox.url().toString());
    owned.add(
        Instance.announce(
            state,
            settings,
            Set.of("PROPUSK_DATABASE_URL", "PROPUSK_SECRET_KEY", "PROPUSK_BOT_API_URL")));
    var desk = new InviteDesk(Config.operator(settings));
    var invite = DemoInvite.current(desk, state.path());
    sandbox.offer(invite);
    welcome(webUrl, sandbox, invite.value(), logs);
  }

  /// Forgets people, chats, sessions, keys.
  private void reset() {
    try (var files = Files.walk(state.path())) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        if (!file.equals(state.path()) && !file.equals(state.lockFile())) {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int port(String who, int wished) {
    int port = ports.next(wished);
    if (port != wished) {
      out.printf("Port %d is taken: %s uses %d.%n", wished, who, port);
    }
    return port;
  }

  private SandboxProcess sandbox(Path logs, int port, URI webUrl, DemoSecrets secrets) {
    var plain = new TreeMap<>(environment);
    plain.keySet().removeIf(name -> name.startsWith("PROPUSK_"));
    var sandbox =
        SandboxProcess.start(
            state.privately("sandbox"),
            state.privately("classes"),
            logs.resolve("sandbox.log"),
            port,
            webUrl,
            secrets,
            plain);
    owned.add(sandbox.child());
    return sandbox;
  }

  private static Map<String, String> settings(URI webUrl, SandboxProcess sandbox) {
    var info = sandbox.info();
    var dataCentre = info.path("dcs").path(0);
    var settings = new TreeMap<String, String>();
    settings.put("PROPUSK_BASE_URL", webUrl.toString());
    settings.put("PROPUSK_PORT", Integer.toString(webUrl.getPort()));
    settings.put("PROPUSK_BOT_USERNAME", DemoSecrets.BOT_USERNAME);
    settings.put("PROPUSK_BOT_API_URL", sandbox.url().toString());
    settings.put("PROPUSK_TELEGRAM_LINK_BASE", sandbox.url().toString());
    settings.put("PROPUSK_TELEGRAM_OAUTH_BASE", sandbox.url().toString());
    settings.put("PROPUSK_FRAME_ANCESTORS", sandbox.url().toString());
    settings.put("PROPUSK_SANDBOX", "on");
    settings.put(
        "PROPUSK_SANDBOX_DC",
        dataCentre.path("host").asString() + ":" + dataCentre.path("port").asInt());
    settings.put("PROPUSK_SANDBOX_DC_SECRET", dataCentre.path("secret").asString());
    settings.put("PROPUSK_SANDBOX_DC_KEY", info.path("public_key_pem").asString());
    return settings;
  }

  private void welcome(URI webUrl, SandboxProcess sandbox, String invite, Path logs) {
    out.printf(
        """

        Propusk is ready.

          1. Open the sandbox, a Telegram of our own:  %s
          2. Send this line to the bot there:          /login %s

        The service itself is at %s, its logs in %s.
        Everything is kept between starts; `./propusk demo --reset` begins anew. Ctrl-C ends it.
        """,
        sandbox.url(), invite, webUrl, logs);
    out.flush();
  }
}
