package propusk.app.config;

import java.util.List;

/// Everything that is wrong with the environment, at once, in words for the operator; never a
/// value.
public final class InvalidConfiguration extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  InvalidConfiguration(List<String> problems) {
    super("The configuration cannot be used:\n  " + String.join("\n  ", problems));
    this.problems = List.copyOf(problems);
  }

  public List<String> problems() {
    return problems;
  }
}
