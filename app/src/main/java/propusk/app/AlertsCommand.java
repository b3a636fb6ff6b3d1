package propusk.app;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import propusk.domain.alert.Alerts;

/// Incidents, from the command line.
@Command(
    name = "alerts",
    mixinStandardHelpOptions = true,
    description = "Lists incidents of the last 30 days, the latest first.")
final class AlertsCommand implements Callable<Integer> {
  private static final int MOST = 1_000;

  private final Map<String, String> environment;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  AlertsCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    var database = OperatorDatabase.of(environment);
    var rows =
        database
            .jdbi()
            .withHandle(handle -> new Alerts(database.clock()).latest(handle, MOST))
            .stream()
            .map(alert ->
                Listing.row(
                    "kind", alert.kind().code(),
                    "subject", alert.subject(),
                    "seen", alert.seen(),
                    "first", alert.firstSeen(),
                    "last", alert.lastSeen()))
            .toList();
    new Listing(spec.commandLine().getOut(), json).rows(rows, "No incidents.");
    return CommandLine.ExitCode.OK;
  }
}
