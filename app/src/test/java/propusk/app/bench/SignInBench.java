package propusk.app.bench;

import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import propusk.app.story.MiniApp;
import propusk.app.story.Town;
import propusk.sandbox.person.SandboxPerson;

/// How long a browser that is known waits for `telegram_direct`: with a session that Telegram
/// answered on within the last minute, and with one that a worker must ask about first.
class SignInBench {
  private static final int WARM_UP = 50;
  private static final int ENTRIES = 300;
  private static final Pattern FORM_TOKEN = Pattern.compile("name=\"form_token\" value=\"([^\"]*)");
  private static final Pattern START = Pattern.compile("\\?start=([A-Za-z0-9_-]+)");
  private static final Pattern NUMBER = Pattern.compile("ask-number\">(\\d\\d)<");

  private static Town town;
  private static SandboxPerson person;

  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, String> cookies = new TreeMap<>();

  @BeforeAll
  static void start() {
    town = Town.start();
    person = town.person("Илья");
    var page = town.openPage(person, town.invite("premium", 1));
    connect(page);
  }

  @AfterAll
  static void end() {
    town.close();
  }

  @Test
  void waitingTimesOfAKnownBrowser() throws Exception {
    beRemembered();
    Figures.spread("telegram_direct, checked within the last minute", entries(false));
    Figures.spread("telegram_direct with the vault's check", entries(true));
  }

  private List<Long> entries(boolean stale) throws Exception {
    var times = new ArrayList<Long>();
    for (int i = 0; i < WARM_UP + ENTRIES; i++) {
      town.jdbi()
          .useHandle(handle ->
              handle.execute(
                  "UPDATE telegram_session SET checked_at = now() - CAST(? AS interval) WHERE"
                      + " telegram_id = ? AND state = 'live'",
                  stale ? "2 minutes" : "1 second",
                  person.id()));
      cookies.remove("__Host-session");
      long began = System.nanoTime();
      var answer = send(post("/api/auth/start", "application/json", "{}"));
      long took = System.nanoTime() - began;
      if (!answer.body().contains("\"telegram\":\"alive\"")) {
        throw new AssertionError(answer.body());
      }
      if (i >= WARM_UP) {
        times.add(took);
      }
    }
    return times;
  }

  private void beRemembered() throws Exception {
    var login = send(get("/login"));
    var begun =
        send(
            form(
                "/login",
                Map.of(
                    "form_token", first(FORM_TOKEN, login), "do", "telegram", "remember", "yes")));
    var path = begun.headers().firstValue("Location").orElseThrow();
    var waiting = send(get(path));
    person.send("/start " + first(START, waiting));
    person.tap(person.awaitMessage("🔐"), first(NUMBER, waiting));
    person.awaitMessage("✅ Вы вошли");
    send(form(path, Map.of("form_token", first(FORM_TOKEN, waiting))));
  }

  private static void connect(MiniApp page) {
    page.open();
    person.scan(page.link());
    page.await("completed");
  }

  private static String first(Pattern pattern, HttpResponse<String> page) {
    var found = pattern.matcher(page.body());
    if (!found.find()) {
      throw new AssertionError(page.body());
    }
    return found.group(1);
  }

  private HttpRequest.Builder form(String path, Map<String, String> fields) {
    var body =
        fields.entrySet().stream()
            .map(it -> it.getKey() + "=" + URLEncoder.encode(it.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return post(path, "application/x-www-form-urlencoded", body);
  }

  private HttpRequest.Builder post(String path, String type, String body) {
    return HttpRequest.newBuilder(town.baseUrl().resolve(path))
        .header("Content-Type", type)
        .header("Origin", town.baseUrl().toString())
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }

  private static HttpRequest.Builder get(String path) {
    return HttpRequest.newBuilder(town.baseUrl().resolve(path)).header("Accept", "text/html");
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    if (!cookies.isEmpty()) {
      request.header(
          "Cookie",
          cookies.entrySet().stream()
              .map(it -> it.getKey() + "=" + it.getValue())
              .collect(Collectors.joining("; ")));
    }
    var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    for (var header : answer.headers().allValues("Set-Cookie")) {
      var pair = header.substring(0, header.indexOf(';')).split("=", 2);
      cookies.put(pair[0], pair[1]);
    }
    return answer;
  }
}
