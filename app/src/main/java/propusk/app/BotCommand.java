package propusk.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import propusk.bot.api.BotAccess;
import propusk.bot.api.BotApi;
import propusk.domain.audit.Actor;
import propusk.domain.audit.Audit;
import propusk.domain.bot.Bot;
import propusk.domain.bot.Bots;
import propusk.domain.group.ChatGroups;
import propusk.domain.organization.Organization;
import propusk.domain.organization.OrganizationId;
import propusk.domain.organization.Organizations;
import propusk.domain.organization.Slug;
import propusk.domain.seal.Secret;

/// Bots besides the configured one, from the command line.
@Command(
    name = "bot",
    mixinStandardHelpOptions = true,
    description =
        "Lists and shows the bots; adds and removes those besides the one in the settings.")
final class BotCommand {
  private static final String RESTART = " Restart the web processes to let it count.";

  private final Map<String, String> environment;

  @Spec private CommandSpec spec = CommandSpec.create();

  BotCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description =
          "Adds a bot, or gives one its new token. The token comes from a file or the standard"
              + " input, never from the command line, where others could read it.")
  int add(
      @Option(
              names = "--token-file",
              paramLabel = "FILE",
              description = "The file that holds its token; standard input if not given.")
          Optional<Path> file,
      @Option(names = "--org", description = "The slug of the organization whose bot it is.")
          Optional<String> org,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    var token = token(file);
    var database = OperatorDatabase.of(environment);
    var access = BotAccess.of(token, database.botApiUrl());
    var organization = org.map(slug -> organization(database, slug));
    var bot = new Bot(access.id(), username(access), organization, true);
    database
        .jdbi()
        .useTransaction(handle -> {
          new Bots(database.sealer()).add(handle, bot, token);
          new Audit(database.clock())
              .record(handle, Actor.COMMAND_LINE, "bot_added", "bot:" + bot.id());
        });
    listing(json).done("Added @" + bot.username() + "." + RESTART, BotRows.row(bot, org));
    return CommandLine.ExitCode.OK;
  }

  @Command(mixinStandardHelpOptions = true, description = "Lists the bots.")
  int list(@Option(names = "--json", description = "Print JSON.") boolean json) {
    var database = OperatorDatabase.of(environment);
    var rows = database.jdbi().inTransaction(new BotRows(database)::all);
    listing(json).rows(rows, "No bot has run here so far.");
    return CommandLine.ExitCode.OK;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description =
          "Shows what the watchdog saw of a bot's webhook and did, and what waits for the bot, in"
              + " all processes together.")
  int show(
      @Parameters(paramLabel = "ID", description = "The number that list shows.") long id,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    var database = OperatorDatabase.of(environment);
    var row = database.jdbi().inTransaction(handle -> new BotRows(database).shown(handle, id));
    listing(json).one(row);
    return CommandLine.ExitCode.OK;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description =
          "Lists the groups that bots are or were in: joined and gone are people seen meanwhile.")
  int groups(@Option(names = "--json", description = "Print JSON.") boolean json) {
    var database = OperatorDatabase.of(environment);
    var rows =
        database.jdbi().withHandle(new ChatGroups(database.clock())::list).stream()
            .map(group ->
                Listing.row(
                    "bot", group.botId(),
                    "group", group.chat().chatId(),
                    "type", group.chat().type(),
                    "title", group.chat().title(),
                    "standing", group.standing().code(),
                    "joined", group.joined(),
                    "gone", group.gone(),
                    "became", group.migratedTo(),
                    "changed", group.changedAt()))
            .toList();
    listing(json).rows(rows, "No bot was in a group so far.");
    return CommandLine.ExitCode.OK;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Forgets a bot's token. What people were told by it stays.")
  int remove(
      @Parameters(paramLabel = "ID", description = "The number that list shows.") long id,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    var database = OperatorDatabase.of(environment);
    boolean removed =
        database
            .jdbi()
            .inTransaction(handle -> {
              if (!new Bots(database.sealer()).remove(handle, id)) {
                return false;
              }
              new Audit(database.clock())
                  .record(handle, Actor.COMMAND_LINE, "bot_removed", "bot:" + id);
              return true;
            });
    if (!removed) {
      throw new IllegalArgumentException(
          "No token of bot %d is kept here. The one in PROPUSK_BOT_TOKEN is removed there."
              .formatted(id));
    }
    listing(json).done("Removed." + RESTART, Listing.row("id", id, "token", "none"));
    return CommandLine.ExitCode.OK;
  }

  private static OrganizationId organization(OperatorDatabase database, String slug) {
    return Slug.parse(slug)
        .flatMap(parsed ->
            database
                .jdbi()
                .withHandle(handle -> new Organizations(database.clock()).find(handle, parsed)))
        .map(Organization::id)
        .orElseThrow(
            () -> new IllegalArgumentException("There is no organization \"" + slug + "\"."));
  }

  /// Telegram's word on who the token is for.
  private static String username(BotAccess access) {
    try (var api = new BotApi(access)) {
      return api.username()
          .orElseThrow(() ->
              new IllegalArgumentException(
                  "Telegram does not know this token, or does not answer; nothing was changed."));
    }
  }

  private static Secret token(Optional<Path> file) {
    try {
      var text =
          file.isPresent()
              ? Files.readString(file.get())
              : new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
      return new Secret(text.strip());
    } catch (IOException e) {
      throw new UncheckedIOException("The token could not be read: " + e.getMessage(), e);
    }
  }

  private Listing listing(boolean json) {
    return new Listing(spec.commandLine().getOut(), json);
  }
}
