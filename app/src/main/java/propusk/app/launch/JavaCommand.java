package propusk.app.launch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import propusk.app.config.Role;
import propusk.app.state.StateDirectory;

/// Command lines that start another JVM with the same Java.
public final class JavaCommand {
  private JavaCommand() {}

  /// This program in another role, from the same class path.
  public static List<String> of(Role role) {
    var line = line(System.getProperty("java.class.path"));
    line.add("--enable-native-access=ALL-UNNAMED");
    var clone = System.getProperty(StateDirectory.CLONE);
    if (clone != null) {
      line.add("-D" + StateDirectory.CLONE + "=" + clone);
    }
    line.addAll(List.of("propusk.app.Main", role.command(), "--supervised"));
    return line;
  }

  /// Some other program.
  public static List<String> of(String classPath, String mainClass) {
    var line = line(classPath);
    line.add(mainClass);
    return line;
  }

  private static List<String> line(String classPath) {
    return new ArrayList<>(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseCompactObjectHeaders",
            "-XX:+ExitOnOutOfMemoryError",
            "-cp",
            classPath));
  }
}
