package propusk.app.ops;

import java.util.Optional;
import java.util.function.Supplier;

/// One thing that must hold, by name.
///
/// @param problem what is wrong, in words without secrets; empty while all is well
public record Check(String name, Supplier<Optional<String>> problem) {

  Optional<String> run() {
    try {
      return problem.get();
    } catch (RuntimeException e) {
      return Optional.of(e.getClass().getSimpleName());
    }
  }
}
