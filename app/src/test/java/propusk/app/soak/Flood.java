package propusk.app.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import propusk.migrations.Migrations;
import propusk.migrations.embedded.EmbeddedPostgres;

/// `./propusk flood`: a great many updates by webhook while web processes are killed.
@CommandLine.Command(
    name = "propusk flood",
    mixinStandardHelpOptions = true,
    description = "Brings a flood of updates while web is killed, and looks what came of each.")
final class Flood implements Callable<Integer> {
  @Option(
      names = "--updates",
      defaultValue = "100000",
      description = "How many (${DEFAULT-VALUE}).")
  private int updates;

  @Option(names = "--chats", defaultValue = "5000", description = "In how many chats.")
  private int chats;

  @Option(names = "--seed", defaultValue = "1", description = "Decides who writes how much.")
  private long seed;

  @Option(names = "--kill-every", defaultValue = "5", description = "Seconds between two kills.")
  private int killEvery;

  @Option(names = "--report", description = "Where the report is written.")
  private @Nullable Path report;

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Flood()).execute(arguments));
  }

  /// 1 at any violation.
  @Override
  public Integer call() throws Exception {
    var place = Files.createTempDirectory(Path.of("/var/tmp"), "propusk-flood-");
    Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwx--x--x"));
    try (var postgres =
        EmbeddedPostgres.start(
            EmbeddedPostgres.Config.durable(Files.createDirectory(place.resolve("postgres"))))) {
      Migrations.migrate(postgres.dataSource("postgres"));
      var url =
          "jdbc:postgresql://127.0.0.1:%d/postgres?user=%s&password=%s"
              .formatted(postgres.port(), postgres.user(), postgres.password());
      var plan = new FloodRun.Plan(updates, chats, seed, 1, Duration.ofSeconds(killEvery));
      try (var run = new FloodRun(url, place, plan, Flood::say)) {
        run.prepareClasses();
        var outcome = run.run();
        write(outcome);
        outcome.violations().stream().limit(20).forEach(each -> say(each.toString()));
        say("%d violations".formatted(outcome.violations().size()));
        return outcome.violations().isEmpty()
            ? CommandLine.ExitCode.OK
            : CommandLine.ExitCode.SOFTWARE;
      }
    } finally {
      new ProcessBuilder("rm", "-rf", place.toString()).start().waitFor();
    }
  }

  private void write(FloodRun.Outcome outcome) throws IOException {
    if (report == null) return;
    var text =
        String.format(
            Locale.ROOT,
            """
            # Flood

            `./propusk flood --updates %d --chats %d --seed %d --kill-every %d` on %s: two web processes behind one address and a PostgreSQL that syncs each commit, on one machine of 2 cores. Updates come through the sandbox' deliveries
            as Telegram makes them (order within a chat, 40 connections), a tenth of them twice, chats in any order; now and then a web process ends by `kill -9`. The sandbox' sending limits are lifted.

            | | |
            |---|---|
            | updates, chats | %d, %d |
            | `kill -9` of a web process | %d |
            | deliveries | %d |
            | of these: accepted and known to be so, brought again by order, failed (503, cut by a kill, nobody there) | %d, %d, %d |
            | from the first message to the last update's end | %.0f s |
            | updates done in that time, the load on the same cores | %.0f/s |
            | messages written, of these sent by then at the bot's own pace (25 a second at most) | %d, %d |
            | **lost, doubled, out of order, dead** | **%d** |

            The ledger is the database's own: triggers note which transaction ended which update and which wrote which message. Each update must have ended once, each must have one message in its own transaction, each message an update, and the messages of a
            chat must stand in the order of its updates. `FloodTest` is a sample of it in every test run.
            """,
            updates,
            chats,
            seed,
            killEvery,
            LocalDate.now(ZoneOffset.UTC),
            updates,
            chats,
            outcome.kills(),
            outcome.sent(),
            outcome.accepted(),
            outcome.repeated(),
            outcome.failed(),
            outcome.seconds(),
            updates / outcome.seconds(),
            outcome.messages(),
            outcome.messagesSent(),
            outcome.violations().size());
    Files.writeString(report, text);
  }

  private static void say(String line) {
    System.out.println(LocalTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS) + " " + line);
  }
}
