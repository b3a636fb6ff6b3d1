package propusk.app;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import propusk.domain.account.TelegramUserId;
import propusk.domain.audit.Actor;
import propusk.domain.audit.Audit;
import propusk.domain.session.SessionList;
import propusk.domain.session.SessionState;
import propusk.domain.session.TelegramSessionId;
import propusk.domain.session.TelegramSessions;

/// Saved Telegram sessions from the command line.
@Command(
    name = "session",
    mixinStandardHelpOptions = true,
    description = "Lists, shows and ends saved Telegram sessions.")
final class SessionCommand {
  private static final int MOST = 10_000;

  private final Map<String, String> environment;
  private final SessionList sessions = new SessionList();

  @Spec private CommandSpec spec = CommandSpec.create();

  SessionCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Command(mixinStandardHelpOptions = true, description = "Lists sessions, the latest first.")
  int list(
      @Option(names = "--state", description = "Only those, such as live or quarantined.")
          Optional<String> state,
      @Option(names = "--person", description = "Only of this Telegram id.") Optional<Long> person,
      @Option(
              names = "--max",
              defaultValue = "100",
              description = "How many at most (${DEFAULT-VALUE}).")
          int max,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    var wanted = state.map(SessionCommand::state);
    var rows =
        OperatorDatabase.of(environment)
            .jdbi()
            .withHandle(handle ->
                sessions.list(
                    handle, wanted, person.map(TelegramUserId::new), Math.clamp(max, 1, MOST)))
            .stream()
            .map(SessionCommand::row)
            .toList();
    listing(json).rows(rows, "There are no such sessions.");
    return CommandLine.ExitCode.OK;
  }

  @Command(mixinStandardHelpOptions = true, description = "Shows a session.")
  int show(
      @Parameters(paramLabel = "ID", description = "As list shows it.") String id,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    listing(json).one(row(get(OperatorDatabase.of(environment), id)));
    return CommandLine.ExitCode.OK;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description =
          "Ends a live session: a worker logs it out at Telegram, its owner is told, the"
              + " subscription stays.")
  int end(
      @Parameters(paramLabel = "ID", description = "As list shows it.") String id,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    var database = OperatorDatabase.of(environment);
    var line = get(database, id);
    boolean ended =
        line.session().state() == SessionState.LIVE
            && database
                .jdbi()
                .inTransaction(handle -> {
                  new Audit(database.clock())
                      .record(handle, Actor.COMMAND_LINE, "session_ended", "session:" + id);
                  return new TelegramSessions(database.clock())
                      .logOut(handle, line.session().account());
                });
    if (!ended) {
      throw new IllegalArgumentException(
          "That session is not live: it is %s.".formatted(line.session().state().code()));
    }
    listing(json)
        .done(
            "A worker logs it out now; session show %s says when it is done.".formatted(id),
            row(get(database, id)));
    return CommandLine.ExitCode.OK;
  }

  private SessionList.Line get(OperatorDatabase database, String id) {
    return database
        .jdbi()
        .withHandle(handle -> sessions.find(handle, new TelegramSessionId(id)))
        .orElseThrow(() -> new IllegalArgumentException("There is no session " + id + "."));
  }

  private static SessionState state(String text) {
    try {
      return SessionState.of(text.toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      var known =
          Arrays.stream(SessionState.values())
              .map(SessionState::code)
              .collect(Collectors.joining(", "));
      throw new IllegalArgumentException("--state must be one of: " + known, e);
    }
  }

  private static Map<String, Object> row(SessionList.Line line) {
    var session = line.session();
    return Listing.row(
        "id", session.id().value(),
        "telegram_id", session.telegramId().value(),
        "owner", line.owner(),
        "username", line.username().map(name -> "@" + name),
        "state", session.state().code(),
        "created", session.createdAt(),
        "checked", session.checkedAt(),
        "ended", session.endedAt());
  }

  private Listing listing(boolean json) {
    return new Listing(spec.commandLine().getOut(), json);
  }
}
