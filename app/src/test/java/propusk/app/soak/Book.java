package propusk.app.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/// The facts of a whole run, one a line in a file, so that a run that was broken off goes on with
/// them. Any thread may write.
final class Book {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Path file;
  private final List<Fact> facts = new ArrayList<>();

  Book(Path file) {
    this.file = file;
    if (Files.exists(file)) {
      try (var lines = Files.lines(file)) {
        // The last line may have been cut off with its writer.
        lines
            .filter(line -> line.endsWith("}"))
            .forEach(line -> facts.add(JSON.readValue(line, Fact.class)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  synchronized void note(Fact fact) {
    facts.add(fact);
    try {
      Files.writeString(
          file,
          JSON.writeValueAsString(fact) + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  synchronized <F extends Fact> Stream<F> all(Class<F> kind) {
    return List.copyOf(facts).stream().filter(kind::isInstance).map(kind::cast);
  }

  /// Until when an approval of that moment must have come to an end that happened then: a minute,
  /// counted anew from each recovery before that end.
  Instant latestEnd(Instant approved, Instant ended) {
    var from =
        all(Fact.Recovered.class)
            .map(Fact.Recovered::at)
            .filter(at -> at.isAfter(approved) && !at.isAfter(ended))
            .max(Instant::compareTo)
            .orElse(approved);
    return from.plus(Duration.ofSeconds(60));
  }
}
