package propusk.app.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import propusk.app.state.StateDirectory;

/// What an operator's command needs to reach the program that runs here with settings of its own
/// making: kept in a file for its owner only, and only while that program runs.
public record Instance(Path file) implements AutoCloseable {

  static final String NAME = "running.properties";

  /// Leaves the settings for commands; removed by [#close].
  ///
  /// @param names which of the settings
  public static Instance announce(
      StateDirectory state, Map<String, String> settings, Set<String> names) {
    var instance = new Instance(state.path().resolve(NAME));
    var text =
        settings.entrySet().stream()
            .filter(entry -> names.contains(entry.getKey()))
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining("\n", "", "\n"));
    PrivateFile.write(instance.file(), text);
    return instance;
  }

  /// The environment, completed by what the running program left here.
  public static Map<String, String> complete(
      StateDirectory state, Map<String, String> environment) {
    var file = state.path().resolve(NAME);
    if (!Files.exists(file)) {
      return environment;
    }
    try (var reader = Files.newBufferedReader(file)) {
      var left = new Properties();
      left.load(reader);
      var complete = new TreeMap<String, String>();
      left.forEach((name, value) -> complete.put((String) name, (String) value));
      complete.putAll(environment);
      return complete;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
  }
}
