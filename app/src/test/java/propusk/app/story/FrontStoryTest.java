package propusk.app.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The story once through Caddy with our Caddyfile: people, pushes and Telegram's webhook come by
/// https, and who asks is known.
class FrontStoryTest {
  private static final int WEB_PORT = TownSettings.freePort();
  private static final URI ADDRESS = URI.create("https://localhost:" + TownSettings.freePort());

  @TempDir private static Path directory;
  private static SSLContext before;
  private static SSLContext trust;
  private static Caddy caddy;
  private static Town town;

  @BeforeAll
  static void start() throws NoSuchAlgorithmException {
    before = SSLContext.getDefault();
    caddy = Caddy.start(directory, ADDRESS, WEB_PORT);
    trust = caddy.trust();
    // The sandbox brings updates as Telegram does: to certificates that the machine trusts.
    SSLContext.setDefault(trust);
    town =
        Town.behind(
            ADDRESS,
            Map.of(
                "PROPUSK_PORT", Integer.toString(WEB_PORT),
                "PROPUSK_TRUSTED_PROXIES", "127.0.0.1",
                "PROPUSK_UPDATES", "webhook",
                "PROPUSK_WEBHOOK_SECRET", "webhook-secret-of-the-front-story"));
  }

  @AfterAll
  static void stop() {
    town.close();
    caddy.close();
    SSLContext.setDefault(before);
  }

  @Test
  void aPersonConnectsThroughItAndPushesAreNotHeldBack() throws IOException, InterruptedException {
    var client = client("127.0.0.1");
    var ilya = town.person("Илья");
    ilya.send("/login " + town.invite("premium", 1));
    var accepted = ilya.awaitMessage("Инвайт код принят", Await.PATIENCE.multipliedBy(2));
    var page = new MiniApp(ilya.tap(accepted, "QR").orElseThrow(), client);
    assertEquals(200, page.page().statusCode());
    assertTrue(page.page().headers().firstValue("Strict-Transport-Security").isPresent());
    assertEquals(200, page.open().statusCode());
    var events = events(client, page);
    assertEquals(List.of(), events.headers().allValues("Content-Encoding"));
    try (var lines =
        new BufferedReader(new InputStreamReader(events.body(), StandardCharsets.UTF_8))) {
      // A proxy that held pushes back would show none of these before the end.
      await(lines, "awaiting_scan");
      ilya.scan(page.link());
      await(lines, "completed");
    }
    ilya.awaitMessage("Авторизация успешна");
  }

  @Test
  void whoAsksIsWhomCaddySawAndNotWhatTheySay() throws IOException, InterruptedException {
    askForCode(client("127.0.0.2"), ADDRESS, "+79005550201");
    askForCode(client("127.0.0.3"), URI.create("http://127.0.0.1:" + WEB_PORT), "+79005550202");
    assertEquals(
        List.of("127.0.0.2", "127.0.0.3"),
        town.jdbi()
            .withHandle(handle ->
                handle
                    .createQuery(
                        "SELECT subject FROM limit_use WHERE limit_id = 'code_address' ORDER BY 1")
                    .mapTo(String.class)
                    .list()));
  }

  @Test
  void aForgedUpdateIsRefusedBehindItToo() throws IOException, InterruptedException {
    var forged =
        HttpRequest.newBuilder(ADDRESS.resolve("/telegram/webhook/7000000001"))
            .header("X-Telegram-Bot-Api-Secret-Token", "guessed")
            .POST(BodyPublishers.ofString("{\"update_id\":1}"))
            .build();
    assertEquals(401, client("127.0.0.1").send(forged, BodyHandlers.ofString()).statusCode());
  }

  /// Speaks from this address of the machine.
  private static HttpClient client(String from) {
    return HttpClient.newBuilder()
        .sslContext(trust)
        .localAddress(InetAddress.ofLiteral(from))
        .version(HttpClient.Version.HTTP_1_1)
        .build();
  }

  private static HttpResponse<InputStream> events(HttpClient client, MiniApp page)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(ADDRESS.resolve("/qr-auth/events?session_id=" + page.loginId()))
            .header("Authorization", "Bearer " + page.bearer())
            .header("Accept-Encoding", "gzip")
            .build();
    return client.send(request, BodyHandlers.ofInputStream());
  }

  private static void await(BufferedReader lines, String status) throws IOException {
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("data:") && line.contains("\"status\":\"" + status + "\"")) {
        return;
      }
    }
    throw new AssertionError("the stream ended before " + status);
  }

  private static void askForCode(HttpClient client, URI address, String phone)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(address.resolve("/api/auth/code"))
            .header("Content-Type", "application/json")
            .header("Origin", ADDRESS.toString())
            .header("X-Forwarded-For", "203.0.113.9")
            .POST(BodyPublishers.ofString("{\"phone\":\"" + phone + "\"}"))
            .build();
    var answer = client.send(request, BodyHandlers.ofString());
    assertTrue(answer.statusCode() < 300, () -> answer.statusCode() + " " + answer.body());
  }
}
