package propusk.app.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/// `./propusk soak`: kills processes while people log in, for as long as it is told to.
@CommandLine.Command(
    name = "propusk soak",
    mixinStandardHelpOptions = true,
    description =
        "Kills web, worker and PostgreSQL while people log in, and looks what came of it.")
final class Soak implements Callable<Integer> {
  private static final JsonMapper JSON = JsonMapper.shared();

  @Option(names = "--kills", defaultValue = "500", description = "How many (${DEFAULT-VALUE}).")
  private int kills;

  @Option(names = "--seed", defaultValue = "1", description = "Decides every round.")
  private long seed;

  @Option(names = "--resume", description = "Goes on with a soak that was broken off.")
  private boolean resume;

  @Option(names = "--directory", description = "Where everything is kept meanwhile.")
  private @Nullable Path directory;

  @Option(names = "--report", description = "Where the report is written.")
  private @Nullable Path report;

  @Option(names = "--minutes", defaultValue = "600", description = "Ends then at the latest.")
  private long minutes;

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Soak()).execute(arguments));
  }

  /// 1 at any violation.
  @Override
  public Integer call() throws Exception {
    var place = directory == null ? Path.of("/var/tmp/propusk-soak-" + seed) : directory;
    var state = place.resolve("tally.json");
    if (!resume) begin(place);
    var tally = Files.exists(state) ? JSON.readValue(state.toFile(), Tally.class) : new Tally();
    var deadline = System.nanoTime() + Duration.ofMinutes(minutes).toNanos();
    say("soak of %d kills, seed %d, in %s".formatted(kills, seed, place));
    try (var machine = Machine.start(place)) {
      machine.prepareClasses();
      var book = new Book(place.resolve("book.jsonl"));
      // While the soak itself was broken off, nothing ran at all.
      book.note(new Fact.Recovered(Instant.now()));
      var run = new SoakRun(machine, book, tally, seed, Soak::say);
      while (tally.kills < kills && System.nanoTime() < deadline) {
        run.round();
        keep(state, tally);
      }
      run.judgeAll();
      keep(state, tally);
    }
    var written = report == null ? place.resolve("soak.md") : report;
    new SoakReport(tally, kills, seed, LocalDate.now(ZoneOffset.UTC)).write(written);
    tally.violations.forEach(Soak::say);
    say(
        "%d kills, %d logins, %d violations; the report is %s"
            .formatted(tally.kills, tally.logins(), tally.violations.size(), written));
    return tally.violations.isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  /// Wipes what an earlier soak left, and nothing else.
  private static void begin(Path place) throws IOException, InterruptedException {
    if (Files.exists(place)) {
      if (!Files.exists(place.resolve("world"))) {
        throw new IllegalArgumentException(place + " is not a soak's directory");
      }
      new ProcessBuilder("rm", "-rf", place.toString()).start().waitFor();
    }
    Files.createDirectories(place);
  }

  private static void keep(Path state, Tally tally) {
    var draft = state.resolveSibling("tally.new");
    try {
      Files.writeString(draft, JSON.writeValueAsString(tally));
      Files.move(draft, state, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void say(String line) {
    System.out.println(LocalTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS) + " " + line);
  }
}
