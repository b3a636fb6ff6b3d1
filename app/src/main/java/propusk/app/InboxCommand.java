package propusk.app;

import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import propusk.domain.audit.Actor;
import propusk.domain.audit.Audit;
import propusk.domain.inbox.DeadUpdates;

/// Updates that were put aside, from the command line.
@Command(
    name = "inbox",
    mixinStandardHelpOptions = true,
    description = "Lists, opens and retries updates that could not be handled.")
final class InboxCommand {
  private static final int MOST = 1_000;

  private final Map<String, String> environment;

  @Spec private CommandSpec spec = CommandSpec.create();

  InboxCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Command(mixinStandardHelpOptions = true, description = "Lists dead updates, the latest first.")
  int list(@Option(names = "--json", description = "Print JSON.") boolean json) {
    var database = OperatorDatabase.of(environment);
    var rows =
        database.jdbi().withHandle(handle -> dead(database).list(handle, MOST)).stream()
            .map(update ->
                Listing.row(
                    "bot", update.botId(),
                    "update", update.updateId(),
                    "chat", update.chatId(),
                    "tries", update.attempts(),
                    "error", update.error(),
                    "received", update.receivedAt(),
                    "given_up", update.endedAt()))
            .toList();
    new Listing(spec.commandLine().getOut(), json).rows(rows, "No dead updates: all handled.");
    return CommandLine.ExitCode.OK;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description =
          "Opens a dead update and prints it as Telegram sent it. It holds a person's words; who"
              + " opened it is written down.")
  int show(
      @Parameters(paramLabel = "BOT", description = "The bot's id.") long bot,
      @Parameters(paramLabel = "UPDATE", description = "The update's number.") long update) {
    var database = OperatorDatabase.of(environment);
    var json =
        database
            .jdbi()
            .inTransaction(handle -> {
              audit(database)
                  .record(handle, Actor.COMMAND_LINE, "update_opened", subject(bot, update));
              return dead(database).open(handle, bot, update);
            });
    spec.commandLine().getOut().println(json.orElseThrow(() -> none(bot, update)));
    return CommandLine.ExitCode.OK;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Lets the running bot handle a dead update again.")
  int retry(
      @Parameters(paramLabel = "BOT", description = "The bot's id.") long bot,
      @Parameters(paramLabel = "UPDATE", description = "The update's number.") long update,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    var database = OperatorDatabase.of(environment);
    boolean opened =
        database
            .jdbi()
            .inTransaction(handle -> {
              audit(database)
                  .record(handle, Actor.COMMAND_LINE, "update_retried", subject(bot, update));
              return dead(database).retry(handle, bot, update);
            });
    if (!opened) {
      throw none(bot, update);
    }
    new Listing(spec.commandLine().getOut(), json)
        .done(
            "It is open again; the running bot takes it up.",
            Listing.row("bot", bot, "update", update, "state", "open"));
    return CommandLine.ExitCode.OK;
  }

  private static IllegalArgumentException none(long bot, long update) {
    return new IllegalArgumentException(
        "There is no dead update %d of bot %d, or its seal does not open.".formatted(update, bot));
  }

  private static DeadUpdates dead(OperatorDatabase database) {
    return new DeadUpdates(database.sealer(), database.clock());
  }

  private static Audit audit(OperatorDatabase database) {
    return new Audit(database.clock());
  }

  private static String subject(long bot, long update) {
    return "update:" + bot + "/" + update;
  }
}
