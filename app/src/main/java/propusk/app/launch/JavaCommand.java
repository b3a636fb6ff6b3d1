package propusk.app.launch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import propusk.app.config.Role;
import propusk.app.state.StateDirectory;

/// Command lines that start another JVM with the same Java.
public final class JavaCommand {
  /// A worker's memory belongs to TDLib: with the usual heap it holds 90 MB more while idle.
  private static final List<String> SMALL_HEAP = List.of("-XX:+UseSerialGC", "-Xms16m", "-Xmx256m");

  private JavaCommand() {}

  /// This program in another role, from the same class path.
  ///
  /// @param archives where the JVM keeps its classes prepared for the next start
  public static List<String> of(Role role, Path archives) {
    return of(role, System.getProperty("java.class.path"), archives);
  }

  /// This program in another role. Only a class path of jars can be prepared.
  public static List<String> of(Role role, String classPath, Path archives) {
    var line = line(classPath, archives.resolve(role.command()));
    line.add("--enable-native-access=ALL-UNNAMED");
    if (role == Role.WORKER) {
      line.addAll(SMALL_HEAP);
    }
    var clone = System.getProperty(StateDirectory.CLONE);
    if (clone != null) {
      line.add("-D" + StateDirectory.CLONE + "=" + clone);
    }
    line.addAll(List.of("propusk.app.Main", role.command(), "--supervised"));
    return line;
  }

  /// Some other program.
  public static List<String> of(String classPath, String mainClass, Path archives) {
    var line = line(classPath, archives.resolve(mainClass));
    line.add(mainClass);
    return line;
  }

  /// The JVM itself notices when an archive is not of these jars, and makes a new one.
  private static List<String> line(String classPath, Path archive) {
    return new ArrayList<>(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseCompactObjectHeaders",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:+AutoCreateSharedArchive",
            "-XX:SharedArchiveFile=" + archive + ".jsa",
            "-Xlog:cds=off,aot=off",
            "-Xlog:cds+dynamic=off",
            "-cp",
            classPath));
  }
}
