package propusk.app.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import propusk.app.launch.Exit;
import propusk.app.launch.JavaCommand;
import propusk.app.launch.Readiness;
import propusk.app.state.StateDirectory;
import propusk.app.supervise.Child;
import propusk.domain.invite.InviteCode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The sandbox, a Telegram of our own, as a process of its own: it is not part of the shipped
/// program.
record SandboxProcess(Child child, URI url) {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /// @param world where its people, chats and keys are kept
  static SandboxProcess start(
      Path world,
      Path archives,
      Path log,
      int port,
      URI webUrl,
      DemoSecrets secrets,
      Map<String, String> environment) {
    var url = URI.create("http://127.0.0.1:" + port);
    var settings = new TreeMap<>(environment);
    settings.put("PROPUSK_SANDBOX_DIR", world.toString());
    settings.put("PROPUSK_SANDBOX_PORT", Integer.toString(port));
    settings.put("PROPUSK_SANDBOX_WEB_URL", webUrl.toString());
    settings.put(
        "PROPUSK_SANDBOX_BOTS", secrets.botToken() + "=" + DemoSecrets.BOT_USERNAME + "=Propusk");
    var info = url.resolve("/sandbox/info");
    var spec =
        new Child.Spec(
            "sandbox",
            JavaCommand.of(classPath(), "propusk.sandbox.SandboxMain", archives),
            settings,
            Optional.of(log),
            info,
            Child.Patience.STANDARD);
    var child = Child.start(spec, _ -> Exit.soon(Child.GIVE_UP));
    return new SandboxProcess(child, url);
  }

  /// What the sandbox tells about itself, once it answers.
  JsonNode info() {
    var answer = Readiness.await("The sandbox", url.resolve("/sandbox/info"), PATIENCE);
    return JsonMapper.shared().readTree(answer);
  }

  /// Lets the sandbox's page propose this invite to its people.
  void offer(InviteCode invite) {
    var body = "{\"codes\":[\"%s\"]}".formatted(invite.value());
    var request =
        HttpRequest.newBuilder(url.resolve("/sandbox/invites"))
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try (var client = HttpClient.newHttpClient()) {
      client.send(request, HttpResponse.BodyHandlers.discarding());
    } catch (IOException e) {
      throw new UncheckedIOException("The sandbox did not take the invite", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String classPath() {
    var clone = Optional.ofNullable(System.getProperty(StateDirectory.CLONE)).map(Path::of);
    var target = clone.map(path -> path.resolve("sandbox/target"));
    var jar = target.map(path -> path.resolve("sandbox-0.1.0.jar")).filter(Files::exists);
    return jar.map(path -> path.toString())
        .orElseThrow(() ->
            new IllegalStateException(
                "The demo needs the source tree: start it by ./propusk demo"));
  }
}
