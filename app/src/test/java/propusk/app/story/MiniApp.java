package propusk.app.story;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The Mini App without a browser: what its page does over HTTP, from the address a button opened.
public final class MiniApp {
  private static final JsonMapper JSON = JsonMapper.shared();

  /// One for all: a client of its own for each page would be a thread more for each.
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final HttpClient http;
  private final URI address;
  private final String loginId;
  private final String tab = UUID.randomUUID().toString();
  private Optional<String> bearer = Optional.empty();

  /// @param address the button's, with Telegram's signed data in its fragment
  public MiniApp(String address) {
    this(address, HTTP);
  }

  /// @param http for a page whose certificate only this client trusts
  MiniApp(String address, HttpClient http) {
    this.http = http;
    this.address = URI.create(address);
    this.loginId = parameter(this.address.getRawQuery(), "session_id");
  }

  public String loginId() {
    return loginId;
  }

  /// The page itself, as anybody gets it.
  public HttpResponse<String> page() {
    return send(
        HttpRequest.newBuilder(address.resolve(address.getPath() + "?" + address.getRawQuery())));
  }

  /// Proves who opened it; the answer is the whole response.
  public HttpResponse<String> open() {
    return open(parameter(address.getRawFragment(), "tgWebAppData"));
  }

  HttpResponse<String> open(String initData) {
    var body = Map.of("session_id", loginId, "init_data", initData, "tab", tab);
    var answer = post("/qr-auth/open", body);
    if (answer.statusCode() == 200) {
      bearer = Optional.of(JSON.readTree(answer.body()).path("bearer").asString());
    }
    return answer;
  }

  /// The login as the page shows it now.
  public JsonNode login() {
    var request = HttpRequest.newBuilder(address.resolve("/qr-auth-status?session_id=" + loginId));
    bearer.ifPresent(token -> request.header("Authorization", "Bearer " + token));
    return JSON.readTree(send(request).body());
  }

  public String status() {
    return login().path("status").asString("");
  }

  public JsonNode await(String status) {
    return Await.value(
        "status " + status + " of " + loginId,
        () -> Optional.of(login()).filter(login -> status.equals(login.path("status").asString())));
  }

  /// The link that the QR shows, once there is one.
  public String link() {
    return Await.value(
        "a QR",
        () ->
            Optional.of(login().path("qr").path("link").asString(""))
                .filter(link -> !link.isEmpty()));
  }

  /// What only this page's own requests carry.
  public String bearer() {
    return bearer.orElseThrow();
  }

  /// The lines of its event stream, until the login ends.
  public Stream<String> events() {
    var request =
        HttpRequest.newBuilder(address.resolve("/qr-auth/events?session_id=" + loginId))
            .header("Authorization", "Bearer " + bearer());
    return send(request, BodyHandlers.ofLines()).body();
  }

  public HttpResponse<String> cancel() {
    return post("/qr-auth/cancel", Map.of("session_id", loginId));
  }

  private HttpResponse<String> post(String path, Map<String, String> body) {
    var request =
        HttpRequest.newBuilder(address.resolve(path))
            .header("Content-Type", "application/json")
            .header("Origin", address.getScheme() + "://" + address.getAuthority())
            .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
    bearer.ifPresent(token -> request.header("Authorization", "Bearer " + token));
    return send(request);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    return send(request, BodyHandlers.ofString());
  }

  private <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> body) {
    try {
      return http.send(request.build(), body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String parameter(String pairs, String name) {
    return Arrays.stream(pairs.split("&"))
        .filter(pair -> pair.startsWith(name + "="))
        .map(pair -> URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + name + " in the button's address"));
  }
}
