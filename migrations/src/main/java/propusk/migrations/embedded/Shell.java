package propusk.migrations.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Runs system commands, as the user that PostgreSQL may run as.
///
/// PostgreSQL refuses to run as root, so root steps down to the ids of `nobody`.
final class Shell {
  static final int NOBODY = 65534;

  private Shell() {}

  static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  /// The command prefixed so that it runs unprivileged and is interrupted when the thread that
  /// starts it ends.
  static List<String> unprivileged(List<String> command) {
    var step =
        isRoot()
            ? List.of("--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups")
            : List.<String>of();
    return Leash.on("INT", step, command);
  }

  /// Runs to the end; the output is in the exception if it fails.
  static void run(List<String> command) {
    run(command, InputStream.nullInputStream());
  }

  static void run(List<String> command, InputStream input) {
    try {
      var process = new ProcessBuilder(command).redirectErrorStream(true).start();
      try (var stdin = process.getOutputStream()) {
        input.transferTo(stdin);
      }
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      var code = process.waitFor();
      if (code != 0) {
        throw new IllegalStateException(
            "`%s` ended with %d: %s".formatted(String.join(" ", command), code, output.strip()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Could not run " + command.getFirst(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while running " + command.getFirst(), e);
    }
  }

  /// Sends a signal that `Process` has no method for.
  static void signal(String name, long pid) {
    run(List.of("sh", "-c", "kill -" + name + " " + pid + " 2>/dev/null || true"));
  }
}
