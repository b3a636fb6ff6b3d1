package propusk.app.story;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import propusk.domain.seal.Secret;
import tools.jackson.databind.json.JsonMapper;

/// A site of somebody else on another address, built as docs/sites.md tells: a page that embeds our
/// script under a policy as strict as they come, and a backend with a service key.
final class OtherSite implements AutoCloseable {
  private static final String SCRIPT =
      """
      const say = (id, text) => { document.getElementById(id).textContent = text; };
      document.addEventListener('propusk:signin', async ({ detail }) => {
        const answer = await fetch('/login/telegram', { method: 'POST', body: detail.code });
        say('who', await answer.text());
      });
      document.getElementById('own').addEventListener('click', async () => {
        const detail = await propusk.signIn();
        say('promised', detail ? detail.user.first_name : 'nobody');
      });
      """;

  private final HttpClient http = HttpClient.newHttpClient();
  private final List<String> codes = new CopyOnWriteArrayList<>();
  private final String organization;
  private final HttpServer server;
  private volatile URI propusk = URI.create("http://localhost");
  private volatile Secret key = new Secret("none yet");
  private volatile Consumer<String> thief = _ -> {};

  OtherSite(String organization) {
    this.organization = organization;
    try {
      var address = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
      server = HttpServer.create(address, 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", exchange -> answer(exchange, 200, "text/html", page()));
    server.createContext("/page.js", exchange -> answer(exchange, 200, "text/javascript", SCRIPT));
    server.createContext("/login/telegram", this::login);
    server.start();
  }

  /// Signs people in there, with this key from now on.
  void trusts(URI propusk, Secret key) {
    this.propusk = propusk;
    this.key = key;
  }

  /// Sees each code that a page brings before its backend does.
  void isRobbedBy(Consumer<String> thief) {
    this.thief = thief;
  }

  String organization() {
    return organization;
  }

  String origin() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /// The codes that pages brought.
  List<String> codes() {
    return List.copyOf(codes);
  }

  HttpResponse<String> exchange(String code, String origin) {
    var body = JsonMapper.shared().writeValueAsString(Map.of("code", code, "origin", origin));
    var request =
        HttpRequest.newBuilder(propusk.resolve("/api/auth/exchange"))
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + key.value())
            .POST(BodyPublishers.ofString(body))
            .build();
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void login(HttpExchange exchange) throws IOException {
    var code = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    codes.add(code);
    thief.accept(code);
    var answer = exchange(code, origin());
    var user = JsonMapper.shared().readTree(answer.body()).path("user");
    answer(
        exchange,
        answer.statusCode(),
        "text/plain",
        user.path("id").asString("") + " " + user.path("first_name").asString(""));
  }

  private String page() {
    return """
    <!doctype html><html lang="ru"><meta charset="utf-8"><title>Shop</title>
    <h1>Магазин</h1><p id="who"></p><p id="promised"></p>
    <button data-propusk-signin>Войти через Telegram</button> <button id="own">Войти</button>
    <script src="%s/signin.js" data-organization="%s" defer></script>
    <script type="module" src="/page.js"></script>
    </html>
    """
        .formatted(propusk, organization);
  }

  private void answer(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    var bytes = text.getBytes(UTF_8);
    var headers = exchange.getResponseHeaders();
    headers.set("Content-Type", type + "; charset=utf-8");
    headers.set(
        "Content-Security-Policy",
        "default-src 'none'; script-src 'self' %1$s; connect-src 'self' %1$s; base-uri 'none';"
                .formatted(propusk)
            + " require-trusted-types-for 'script'; trusted-types 'none'");
    exchange.sendResponseHeaders(status, bytes.length);
    try (var stream = exchange.getResponseBody()) {
      stream.write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    http.close();
  }
}
