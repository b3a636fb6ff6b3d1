package propusk.app.story;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import propusk.app.config.Role;
import propusk.app.launch.JavaCommand;

/// Our processes as tests start them: from the jars that the build has just made, as on a server.
/// The first that ends in order leaves its classes prepared for all that follow in this test JVM.
public final class Jars {
  private static final Path PREPARED = temporaryDirectory();

  private Jars() {}

  /// The tests' own classes are no part of the product.
  public static String classPath() {
    return Stream.of(System.getProperty("java.class.path").split(":"))
        .filter(entry -> !entry.endsWith("test-classes") && !entry.endsWith("test-classes/"))
        .collect(Collectors.joining(":"));
  }

  public static List<String> command(Role role) {
    return JavaCommand.of(role, classPath(), PREPARED);
  }

  private static Path temporaryDirectory() {
    try {
      var directory = Files.createTempDirectory("propusk-prepared-");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(directory)));
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void remove(Path directory) {
    try (var files = Files.list(directory)) {
      for (var file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
