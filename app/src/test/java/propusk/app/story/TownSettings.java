package propusk.app.story;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import propusk.sandbox.Sandbox;
import propusk.sandbox.SandboxConfig;
import propusk.sandbox.botapi.SandboxBot;

/// What the processes of a town are told: one database, one bot, and a Telegram of our own.
public final class TownSettings {
  private static final String BOT_TOKEN = "7000000001:AAFtestTestTestTestTestTestTestTestTes";
  private static final String BOT_USERNAME = "propusk_test_bot";
  private static final String KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

  private TownSettings() {}

  /// @param world where its people, chats and keys are kept
  public static Sandbox sandbox(Path world, URI baseUrl) {
    var bot = new SandboxBot(BOT_TOKEN, BOT_USERNAME, "Propusk");
    return Sandbox.start(SandboxConfig.onFreePorts(world, baseUrl.toString(), bot));
  }

  /// The settings of all roles together.
  public static Map<String, String> of(
      String databaseUrl, Path state, URI baseUrl, Sandbox sandbox) {
    var all = new TreeMap<String, String>();
    all.put("PROPUSK_DATABASE_URL", databaseUrl);
    all.put("PROPUSK_STATE_DIR", state.toString());
    all.put("PROPUSK_SECRET_KEY", KEY);
    all.put("PROPUSK_VAULT_KEY", KEY);
    all.put("PROPUSK_BASE_URL", baseUrl.toString());
    all.put("PROPUSK_PORT", Integer.toString(baseUrl.getPort()));
    all.put("PROPUSK_BOT_TOKEN", BOT_TOKEN);
    all.put("PROPUSK_BOT_USERNAME", BOT_USERNAME);
    all.put("PROPUSK_BOT_API_URL", sandbox.url().toString());
    all.put("PROPUSK_TELEGRAM_LINK_BASE", sandbox.url().toString());
    all.put("PROPUSK_TELEGRAM_OAUTH_BASE", sandbox.url().toString());
    all.put("PROPUSK_FRAME_ANCESTORS", sandbox.url().toString());
    all.put("PROPUSK_API_ID", "1");
    all.put("PROPUSK_API_HASH", "0123456789abcdef0123456789abcdef");
    var dataCentre = sandbox.dataCentre();
    all.put("PROPUSK_SANDBOX", "on");
    all.put("PROPUSK_SANDBOX_DC", dataCentre.host() + ":" + dataCentre.port());
    all.put("PROPUSK_SANDBOX_DC_SECRET", dataCentre.proxySecret());
    all.put("PROPUSK_SANDBOX_DC_KEY", dataCentre.publicKeyPem());
    return all;
  }

  /// A port of the loopback that nobody listens on now.
  public static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
