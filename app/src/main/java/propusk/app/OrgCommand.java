package propusk.app;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import propusk.domain.organization.Organization;
import propusk.domain.organization.Slug;
import tools.jackson.databind.json.JsonMapper;

/// Organizations from the command line.
@Command(
    name = "org",
    mixinStandardHelpOptions = true,
    description = "Makes and lists organizations.")
final class OrgCommand {
  private static final int MAX_NAME = 100;

  private final Map<String, String> environment;

  OrgCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Command(mixinStandardHelpOptions = true, description = "Makes an organization.")
  int create(
      @Parameters(paramLabel = "SLUG", description = "Its name in addresses, such as north-shore.")
          String slug,
      @Parameters(paramLabel = "NAME", description = "Its name as people read it.") String name,
      @Option(
              names = "--zone",
              defaultValue = "Europe/Moscow",
              description = "The time zone of its events (${DEFAULT-VALUE}).")
          String zone,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    if (name.isBlank() || name.length() > MAX_NAME) {
      throw new IllegalArgumentException("NAME has 1 to " + MAX_NAME + " characters");
    }
    var made =
        new ClubDesk(OperatorSettings.of(environment))
            .createOrganization(new Slug(slug), name.strip(), zone(zone));
    System.out.println(
        json ? JsonMapper.shared().writeValueAsString(fields(made)) : made.slug().value());
    return CommandLine.ExitCode.OK;
  }

  @Command(mixinStandardHelpOptions = true, description = "Lists the organizations.")
  int list(@Option(names = "--json", description = "Print JSON.") boolean json) {
    var all = new ClubDesk(OperatorSettings.of(environment)).organizations();
    if (json) {
      System.out.println(
          JsonMapper.shared().writeValueAsString(all.stream().map(OrgCommand::fields).toList()));
    } else {
      all.forEach(each ->
          System.out.printf("%-40s  %s (%s)%n", each.slug().value(), each.name(), each.timeZone()));
    }
    return CommandLine.ExitCode.OK;
  }

  private static ZoneId zone(String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "--zone \"%s\" is no time zone; one is Europe/Moscow".formatted(text), e);
    }
  }

  private static Map<String, Object> fields(Organization organization) {
    var fields = new TreeMap<String, Object>();
    fields.put("slug", organization.slug().value());
    fields.put("name", organization.name());
    fields.put("zone", organization.timeZone().getId());
    return fields;
  }
}
