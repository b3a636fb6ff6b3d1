package propusk.app.demo;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import propusk.app.launch.Exit;
import propusk.app.launch.JavaCommand;
import propusk.app.launch.Readiness;
import propusk.app.state.StateDirectory;
import propusk.app.supervise.Child;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The sandbox, a Telegram of our own, as a process of its own: it is not part of the shipped
/// program.
record SandboxProcess(Child child, URI url, JsonNode info) {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /// @param world where its people, chats and keys are kept
  static SandboxProcess start(
      Path world,
      Path log,
      int port,
      URI webUrl,
      DemoSecrets secrets,
      Map<String, String> environment) {
    var url = URI.create("http://127.0.0.1:" + port);
    var arguments =
        List.of(
            "--dir=" + world,
            "--port=" + port,
            "--web-url=" + webUrl,
            "--bot=" + secrets.botToken() + "@" + DemoSecrets.BOT_USERNAME);
    var info = url.resolve("/sandbox/info");
    var spec =
        new Child.Spec(
            "sandbox",
            JavaCommand.of(classPath(), "propusk.sandbox.SandboxMain", arguments),
            environment,
            Optional.of(log),
            info,
            Child.Patience.STANDARD);
    var child = Child.start(spec, _ -> Exit.soon(Child.GIVE_UP));
    var answer = Readiness.await("The sandbox", info, PATIENCE);
    return new SandboxProcess(child, url, JsonMapper.shared().readTree(answer));
  }

  private static String classPath() {
    var clone = Optional.ofNullable(System.getProperty(StateDirectory.CLONE)).map(Path::of);
    var target = clone.map(path -> path.resolve("sandbox/target"));
    var jar = target.map(path -> path.resolve("sandbox-0.1.0.jar")).filter(Files::exists);
    return jar.map(path -> path + ":" + path.resolveSibling("lib") + "/*")
        .orElseThrow(() ->
            new IllegalStateException(
                "The demo needs the source tree: start it by ./propusk demo"));
  }
}
