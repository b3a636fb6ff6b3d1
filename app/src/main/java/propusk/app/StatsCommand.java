package propusk.app;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import propusk.domain.funnel.FunnelDay;
import propusk.domain.funnel.Funnels;

/// How many came how far, from the command line.
@Command(
    name = "stats",
    mixinStandardHelpOptions = true,
    description =
        "Counts logins and sign-ins by day (UTC) and way: how many started, were opened, scanned or"
            + " approved, finished, and why the others ended.")
final class StatsCommand implements Callable<Integer> {
  private static final int MOST_DAYS = 366;

  private final Map<String, String> environment;

  @Option(
      names = "--days",
      defaultValue = "7",
      description = "How many days back (${DEFAULT-VALUE}).")
  private int days;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  StatsCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    if (days < 1 || days > MOST_DAYS) {
      throw new IllegalArgumentException("--days must be 1 to " + MOST_DAYS);
    }
    var database = OperatorDatabase.of(environment);
    var since = database.clock().instant().minus(Duration.ofDays(days));
    var funnels = new Funnels();
    var rows =
        database
            .jdbi()
            .withHandle(handle ->
                Stream.concat(
                        funnels.logins(handle, since).stream(),
                        funnels.signIns(handle, since).stream())
                    .map(this::row)
                    .toList());
    new Listing(spec.commandLine().getOut(), json).rows(rows, "Nobody began anything.");
    return CommandLine.ExitCode.OK;
  }

  private Map<String, Object> row(FunnelDay day) {
    return Listing.row(
        "day",
        day.day().toString(),
        "way",
        day.way(),
        "started",
        day.started(),
        "opened",
        day.opened(),
        "scanned",
        day.scanned(),
        "finished",
        day.finished(),
        "under_way",
        day.underWay(),
        "ends",
        json ? day.ends() : words(day));
  }

  private static String words(FunnelDay day) {
    return day.ends().entrySet().stream()
        .map(end -> end.getKey() + " " + end.getValue())
        .collect(Collectors.joining(", "));
  }
}
