package propusk.sandbox.person;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import propusk.sandbox.botapi.BotApiJson;
import tools.jackson.databind.JsonNode;

/// A sandbox's control API over HTTP: what a script does to the world, and who lives in it.
///
/// It may run in another process than the sandbox. Any thread may use it.
public final class SandboxClient implements AutoCloseable {
  private static final AtomicLong PHONES =
      new AtomicLong(79_990_000_000L + System.nanoTime() % 5_000_000_000L / 1_000);

  private final URI sandbox;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  /// @param sandbox such as `http://127.0.0.1:8081`
  public SandboxClient(URI sandbox) {
    this.sandbox = sandbox;
  }

  /// Makes somebody with this first name, a username if it is not empty, and a phone of their own.
  public SandboxPerson newPerson(String firstName, String username) {
    return newPerson(
        Map.of(
            "first_name",
            firstName,
            "username",
            username,
            "phone",
            "+" + PHONES.incrementAndGet(),
            "language",
            "ru"));
  }

  /// Makes somebody from the fields of `POST /sandbox/users`.
  public SandboxPerson newPerson(Map<String, String> fields) {
    var id = post("/sandbox/users", fields).path("id").asLong();
    return new SandboxPerson(this, id);
  }

  /// Somebody who is there already.
  public SandboxPerson person(long id) {
    return new SandboxPerson(this, id);
  }

  /// A group that somebody makes, with the sandbox's first bot in it.
  public SandboxGroup newGroup(String title, SandboxPerson by) {
    var made = post("/sandbox/groups", Map.of("title", title, "by", by.id(), "bot", ""));
    return new SandboxGroup(this, made.path("id").asLong());
  }

  /// Lets time pass in the sandbox: login tokens grow old.
  public void skip(Duration time) {
    post("/sandbox/clock", Map.of("advance_seconds", time.toSeconds()));
  }

  /// Sets what goes wrong from now on; what is left out goes right.
  public void faults(Map<String, ?> plan) {
    post("/sandbox/faults", plan);
  }

  public void noFaults() {
    delete("/sandbox/faults");
  }

  /// Links of the login codes that clients are showing now.
  public List<String> codes() {
    return get("/sandbox/codes").valueStream().map(code -> code.path("link").asString()).toList();
  }

  public JsonNode get(String path) {
    return call(request(path).GET());
  }

  public JsonNode post(String path, Object body) {
    return call(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(BotApiJson.MAPPER.writeValueAsString(body))));
  }

  public JsonNode patch(String path, Object body) {
    return call(
        request(path)
            .header("Content-Type", "application/json")
            .method(
                "PATCH",
                HttpRequest.BodyPublishers.ofString(BotApiJson.MAPPER.writeValueAsString(body))));
  }

  public JsonNode delete(String path) {
    return call(request(path).DELETE());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(sandbox.resolve(path)).timeout(Duration.ofSeconds(90));
  }

  private JsonNode call(HttpRequest.Builder request) {
    try {
      var response = http.send(request.build(), BodyHandlers.ofString());
      var json = BotApiJson.MAPPER.readTree(response.body());
      if (response.statusCode() >= 400) {
        throw SandboxRefusal.of(response.statusCode(), json);
      }
      return json;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
