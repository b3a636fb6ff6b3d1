package propusk.sandbox.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import propusk.sandbox.SandboxFixture;
import propusk.sandbox.person.SandboxRefusal;

/// The control API: what scripts may ask, and clear answers to what they may not.
final class ControlApiTest {
  @TempDir Path directory;
  private SandboxFixture fixture;

  @BeforeEach
  void start() {
    fixture = SandboxFixture.start(directory);
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void saysWhereEverythingIs() {
    var info = fixture.client().get("/sandbox/info");
    assertEquals("127.0.0.1", info.path("dcs").path(0).path("host").asString());
    assertEquals("propusk_bot", info.path("bots").path(0).path("username").asString());
    assertEquals(SandboxFixture.BOT.token(), info.path("bots").path(0).path("token").asString());
    assertEquals("http://localhost:8080", info.path("web_url").asString());
  }

  @Test
  void beginsWithTwoPeople() {
    var people = fixture.client().get("/sandbox/users");
    assertEquals("Илья", people.path(0).path("first_name").asString());
    assertEquals("ilya_sandbox", people.path(0).path("username").asString());
    assertEquals("Анна", people.path(1).path("first_name").asString());
  }

  @Test
  void keepsChatsAcrossARestart() {
    var ilya = fixture.client().newPerson("Илья", "ilya_kozlov");
    ilya.send("/login 3HBP4Z3ECICZ");
    fixture.close();
    fixture = SandboxFixture.start(directory);
    var again = fixture.client().person(ilya.id());
    assertEquals("/login 3HBP4Z3ECICZ", again.messages().getFirst().text());
    assertEquals(2, again.send("/help").messageId());
    assertEquals(4 - 1, fixture.client().get("/sandbox/users").size());
  }

  @Test
  void keepsPasswordHintHomeAndStandingOfAPerson() {
    var ilya = fixture.client().newPerson("Илья", "");
    ilya.setPassword("песок", "что в песочнице");
    ilya.moveTo(4);
    ilya.setStanding("banned");
    var shown = fixture.client().get("/sandbox/users/" + ilya.id());
    assertEquals("что в песочнице", shown.path("hint").asString());
    assertEquals(4, shown.path("dc").asInt());
    assertEquals("BANNED", shown.path("standing").asString());
    ilya.setPassword("");
    ilya.setStanding("good");
    shown = fixture.client().get("/sandbox/users/" + ilya.id());
    assertTrue(shown.path("hint").asString("").isEmpty());
    assertEquals("GOOD", shown.path("standing").asString());
    assertThrows(SandboxRefusal.class, () -> ilya.moveTo(6));
    assertThrows(SandboxRefusal.class, () -> ilya.setStanding("famous"));
  }

  @ParameterizedTest
  @CsvSource({
    "https://example.com/, not_a_login_link",
    "hello, not_a_login_link",
    "tg://login?token=AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA, real_telegram",
  })
  void refusesForeignLinksByTheirKind(String link, String code) {
    var ilya = fixture.client().newPerson("Илья", "");
    var refused = assertThrows(SandboxRefusal.class, () -> ilya.scan(link));
    assertEquals(code, refused.code());
    assertEquals(422, refused.status());
  }

  @Test
  void refusesALinkInThePersonsLanguage() throws IOException, InterruptedException {
    var id = fixture.client().newPerson("Илья", "").id();
    var path = "/sandbox/users/" + id + "/scan";
    var body = "{\"link\":\"привет\"}";
    assertTrue(send("POST", path, body, "ru-RU,ru").body().contains("Это не ссылка входа"));
    assertTrue(
        send("POST", path, body, "en").body().contains("\"message\":\"That is not a login link\""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET    | /sandbox/users/1/messages          |                                | 404",
        "GET    | /sandbox/users/abc/messages        |                                | 400",
        "POST   | /sandbox/users                     | {}                             | 400",
        "POST   | /sandbox/users                     | {\"first_name\":\"A\",\"phone\":\"x\"} |"
            + " 400",
        "POST   | /sandbox/users                     | [1]                            | 400",
        "POST   | /sandbox/users                     | {oops                          | 400",
        "POST   | /sandbox/users/5000000001/messages | {\"text\":\"\"}                | 400",
        "POST   | /sandbox/users/5000000001/messages | {\"text\":1}                   | 400",
        "POST   | /sandbox/users/5000000001/messages | {\"bot\":\"none\",\"text\":\"a\"} | 404",
        "POST   | /sandbox/users/5000000001/tap      | {\"message_id\":9,\"button\":0}   | 404",
        "POST   | /sandbox/clock                     | {\"advance_seconds\":-1}       | 400",
        "POST   | /sandbox/faults                    | {\"methods\":7}                | 400",
        "DELETE | /sandbox/users/5000000001/sessions/77 |                             | 404",
        "GET    | /sandbox/nothing                   |                                | 404",
      })
  void answersBadRequestsClearly(String method, String path, String body, int status)
      throws IOException, InterruptedException {
    assertEquals(status, send(method, path, body == null ? "" : body, "ru").statusCode());
  }

  @Test
  void refusesForeignPagesAndNames() throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(fixture.sandbox().url().resolve("/sandbox/reset"))
            .header("Origin", "http://localhost:8080")
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    try (var http = HttpClient.newHttpClient()) {
      var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      assertEquals(403, answer.statusCode());
    }
    assertTrue(statusLine("evil.example").startsWith("HTTP/1.1 403"));
    assertTrue(statusLine("localhost").startsWith("HTTP/1.1 200"));
  }

  private String statusLine(String host) throws IOException {
    var port = fixture.sandbox().url().getPort();
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      var request = "GET /sandbox/users HTTP/1.1\r\nHost: %s:%d\r\n\r\n".formatted(host, port);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      var input = new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII);
      return new BufferedReader(input).readLine();
    }
  }

  @Test
  void movesTimeForward() {
    var before = fixture.sandbox().world().clock().skipped();
    fixture.client().skip(Duration.ofSeconds(30));
    assertEquals(before.plusSeconds(30), fixture.sandbox().world().clock().skipped());
  }

  @Test
  void startsOver() {
    var ilya = fixture.client().newPerson("Пётр", "petr_sandbox");
    ilya.send("/start");
    fixture.client().post("/sandbox/reset", Map.of());
    assertEquals(2, fixture.client().get("/sandbox/users").size());
    var first = fixture.client().get("/sandbox/users").path(0).path("id").asLong();
    assertTrue(fixture.client().person(first).messages().isEmpty());
  }

  private HttpResponse<String> send(String method, String path, String body, String language)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(fixture.sandbox().url().resolve(path))
            .header("Content-Type", "application/json")
            .header("Accept-Language", language)
            .method(method, HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8))
            .build();
    try (var http = HttpClient.newHttpClient()) {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    }
  }
}
