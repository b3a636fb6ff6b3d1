package propusk.app.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import propusk.domain.DomainWorld;
import propusk.domain.race.Contest;
import propusk.domain.race.SingleUse;
import propusk.domain.race.SingleUses;

/// `./propusk races`: everything that counts once, used by many at the same moment, again and
/// again.
@CommandLine.Command(
    name = "propusk races",
    mixinStandardHelpOptions = true,
    description = "Lets a crowd use each thing that counts once at the same moment.")
final class Races implements Callable<Integer> {
  /// A database that gets no bigger keeps its pace.
  private static final int ROUNDS_OF_A_DATABASE = 50;

  @Option(
      names = "--rounds",
      defaultValue = "1000",
      description = "Of each kind (${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--crowd",
      defaultValue = "50",
      description = "How many try at once (${DEFAULT-VALUE}).")
  private int crowd;

  @Option(names = "--report", description = "Where the report is written.")
  private @Nullable Path report;

  /// Rounds in which so many got something, by kind.
  private final Map<String, Map<Integer, Integer>> winners = new TreeMap<>();

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Races()).execute(arguments));
  }

  /// 1 where anything was used more or less than once.
  @Override
  public Integer call() throws Exception {
    long began = System.nanoTime();
    int done = 0;
    while (done < rounds) {
      int some = Math.min(ROUNDS_OF_A_DATABASE, rounds - done);
      race(some);
      done += some;
      say("%d rounds of each kind, %d violations".formatted(done, violations()));
      write(done, Duration.ofNanos(System.nanoTime() - began));
    }
    return violations() == 0 ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  private void race(int times) throws Exception {
    try (var world = new DomainWorld();
        var contest = new Contest(world, crowd)) {
      for (var use : SingleUses.of(world, crowd)) {
        for (int round = 0; round < times; round++) {
          count(use, contest.round(use).size());
        }
      }
    }
  }

  private void count(SingleUse use, int got) {
    winners.computeIfAbsent(use.name(), _ -> new TreeMap<>()).merge(got, 1, Integer::sum);
  }

  private int violations() {
    return winners.values().stream()
        .flatMap(each -> each.entrySet().stream())
        .filter(each -> each.getKey() != 1)
        .mapToInt(Map.Entry::getValue)
        .sum();
  }

  private void write(int done, Duration took) throws IOException {
    if (report == null) return;
    var text =
        new StringBuilder(
            """
            # Races

            `./propusk races --rounds %d` on %s: everything that counts once is used by %d at the same moment, each over a connection of their own to one PostgreSQL, released by one barrier. Exactly one may get something for it; of those who
            show a remembered browser's cookie all get something, and all the same. `SingleUseTest` is a sample of it in every test run.

            | | |
            |---|---|
            | kinds | %d |
            | rounds of each | %d |
            | attempts | %d |
            | time | %d min |
            | **rounds in which not exactly one won** | **%d** |

            | kind | rounds with one winner | with none or more |
            |---|---|---|
            """
                .formatted(
                    done,
                    LocalDate.now(ZoneOffset.UTC),
                    crowd,
                    winners.size(),
                    done,
                    (long) winners.size() * done * crowd,
                    took.toMinutes(),
                    violations()));
    winners.forEach((name, counts) -> {
      int one = counts.getOrDefault(1, 0);
      int all = counts.values().stream().mapToInt(Integer::intValue).sum();
      text.append("| %s | %d | %d |\n".formatted(name, one, all - one));
    });
    Files.writeString(report, text);
  }

  private static void say(String line) {
    System.out.println(LocalTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS) + " " + line);
  }
}
