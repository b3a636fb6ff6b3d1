package propusk.app.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The settings found in a process' environment: checked whole when made, so that reading them
/// cannot fail.
final class Environment {
  private final Map<Setting, String> values;

  private Environment(Map<Setting, String> values) {
    this.values = values;
  }

  /// @param required settings that must have a value
  /// @throws InvalidConfiguration listing every unknown name, missing setting and wrong value
  static Environment read(Map<String, String> variables, Set<Setting> required) {
    var problems = new ArrayList<String>(unknown(variables));
    var values = new EnumMap<Setting, String>(Setting.class);
    for (var setting : Setting.values()) {
      text(setting, variables, problems)
          .or(setting::byDefault)
          .ifPresent(text -> values.put(setting, text));
    }
    values.forEach((setting, text) -> check(setting, text, problems));
    for (var setting : Setting.values()) {
      if (required.contains(setting) && !values.containsKey(setting)) {
        problems.add(setting.variable() + " is missing" + orFile(setting));
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidConfiguration(problems);
    }
    return new Environment(values);
  }

  /// Always there: required or with a default.
  String get(Setting setting) {
    return find(setting).orElseThrow();
  }

  Optional<String> find(Setting setting) {
    return Optional.ofNullable(values.get(setting));
  }

  int number(Setting setting) {
    return Integer.parseInt(get(setting));
  }

  boolean on(Setting setting) {
    return "on".equals(get(setting));
  }

  List<String> list(Setting setting) {
    return find(setting).stream()
        .flatMap(text -> Arrays.stream(text.split(",")))
        .map(String::strip)
        .filter(item -> !item.isEmpty())
        .toList();
  }

  private static Optional<String> text(
      Setting setting, Map<String, String> variables, List<String> problems) {
    var inline = present(variables, setting.variable());
    var file =
        setting.secret() ? present(variables, setting.fileVariable()) : Optional.<String>empty();
    if (inline.isPresent() && file.isPresent()) {
      problems.add(
          "%s and %s are both set; keep one".formatted(setting.variable(), setting.fileVariable()));
    }
    if (inline.isPresent() || file.isEmpty()) {
      return inline;
    }
    try {
      return Optional.of(Files.readString(Path.of(file.get())).strip());
    } catch (IOException e) {
      problems.add(
          "%s names a file that cannot be read: %s".formatted(setting.fileVariable(), file.get()));
      return Optional.empty();
    }
  }

  /// An empty variable counts as not set: env files leave such lines behind.
  private static Optional<String> present(Map<String, String> variables, String name) {
    return Optional.ofNullable(variables.get(name))
        .map(String::strip)
        .filter(text -> !text.isEmpty());
  }

  private static void check(Setting setting, String text, List<String> problems) {
    setting
        .form()
        .refuse(text)
        .ifPresent(words -> problems.add("%s must be %s".formatted(setting.variable(), words)));
  }

  private static String orFile(Setting setting) {
    return setting.secret() ? " (or " + setting.fileVariable() + ")" : "";
  }

  private static List<String> unknown(Map<String, String> variables) {
    var known =
        Arrays.stream(Setting.values())
            .flatMap(setting -> names(setting).stream())
            .collect(Collectors.toSet());
    return variables.keySet().stream()
        .filter(name -> name.startsWith(Setting.PREFIX) && !known.contains(name))
        .sorted()
        .map(name -> name + " is not a setting; see .env.example")
        .toList();
  }

  private static List<String> names(Setting setting) {
    return setting.secret()
        ? List.of(setting.variable(), setting.fileVariable())
        : List.of(setting.variable());
  }
}
