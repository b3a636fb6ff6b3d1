package propusk.app;

import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import propusk.domain.key.ServiceKey;
import tools.jackson.databind.json.JsonMapper;

/// Service keys from the command line.
@Command(
    name = "key",
    mixinStandardHelpOptions = true,
    description = "Makes, lists and revokes the keys of organizations' own sites and bots.")
final class KeyCommand {
  private static final int MAX_NAME = 100;

  private final Map<String, String> environment;

  KeyCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Makes a key and prints it; it is shown this once.")
  int create(
      @Parameters(paramLabel = "ORG", description = "The organization's slug.") String org,
      @Parameters(paramLabel = "NAME", description = "What it is used for.") String name,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    if (name.isBlank() || name.length() > MAX_NAME) {
      throw new IllegalArgumentException("NAME has 1 to " + MAX_NAME + " characters");
    }
    var desk = new ClubDesk(OperatorSettings.of(environment));
    var made = desk.createKey(desk.organization(org), name.strip());
    if (json) {
      var fields = fields(made.key());
      fields.put("key", made.secret().value());
      System.out.println(JsonMapper.shared().writeValueAsString(fields));
    } else {
      System.out.println(made.secret().value());
    }
    return CommandLine.ExitCode.OK;
  }

  @Command(mixinStandardHelpOptions = true, description = "Lists an organization's keys.")
  int list(
      @Parameters(paramLabel = "ORG", description = "The organization's slug.") String org,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    var desk = new ClubDesk(OperatorSettings.of(environment));
    var keys = desk.keys(desk.organization(org));
    if (json) {
      System.out.println(
          JsonMapper.shared().writeValueAsString(keys.stream().map(KeyCommand::fields).toList()));
    } else {
      keys.forEach(key ->
          System.out.printf(
              "%d  …%s  %-8s  %s%n",
              key.id().value(),
              key.hint(),
              key.revokedAt().isPresent() ? "revoked" : "counts",
              key.name()));
    }
    return CommandLine.ExitCode.OK;
  }

  @Command(mixinStandardHelpOptions = true, description = "Revokes a key: it opens nothing more.")
  int revoke(@Parameters(paramLabel = "ID", description = "The number that list shows.") long id) {
    if (!new ClubDesk(OperatorSettings.of(environment)).revokeKey(id)) {
      throw new IllegalArgumentException("There is no such key, or it was revoked before");
    }
    System.out.println("Revoked.");
    return CommandLine.ExitCode.OK;
  }

  private static Map<String, Object> fields(ServiceKey key) {
    var fields = new TreeMap<String, Object>();
    fields.put("id", key.id().value());
    fields.put("name", key.name());
    fields.put("hint", key.hint());
    fields.put("created", key.createdAt().toString());
    key.usedAt().ifPresent(at -> fields.put("used", at.toString()));
    key.revokedAt().ifPresent(at -> fields.put("revoked", at.toString()));
    return fields;
  }
}
