package propusk.app;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import propusk.domain.audit.Audit;

/// What operators and admins did, from the command line.
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description = "Lists what operators and admins did, the latest first.")
final class AuditCommand implements Callable<Integer> {
  private static final int MOST = 10_000;

  private final Map<String, String> environment;

  @Option(
      names = "--max",
      defaultValue = "100",
      description = "How many at most (${DEFAULT-VALUE}).")
  private int max;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  AuditCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    var database = OperatorDatabase.of(environment);
    var rows =
        database
            .jdbi()
            .withHandle(
                handle -> new Audit(database.clock()).latest(handle, Math.clamp(max, 1, MOST)))
            .stream()
            .map(entry ->
                Listing.row(
                    "at", entry.at(),
                    "actor", entry.actor(),
                    "action", entry.action(),
                    "subject", entry.subject()))
            .toList();
    new Listing(spec.commandLine().getOut(), json).rows(rows, "Nothing so far.");
    return CommandLine.ExitCode.OK;
  }
}
