package propusk.app;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import propusk.domain.invite.InviteCode;
import propusk.domain.invite.Invites;
import tools.jackson.databind.json.JsonMapper;

/// Invites from the command line.
@Command(name = "invite", mixinStandardHelpOptions = true, description = "Makes invites.")
final class InviteCommand {
  private final Map<String, String> environment;

  InviteCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Makes an invite and prints its code, which is shown this once.")
  int create(
      @Parameters(paramLabel = "PLAN", description = "The plan it grants, such as premium.")
          String plan,
      @Option(
              names = "--uses",
              defaultValue = "1",
              description = "How many people may use it (${DEFAULT-VALUE}).")
          int uses,
      @Option(
              names = "--days",
              description = "How many days it may be used; for ever if not given.")
          Optional<Integer> days,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    refuseBadNumbers(uses, days);
    var desk = new InviteDesk(OperatorSettings.of(environment));
    if (desk.plan(plan).isEmpty()) {
      throw new IllegalArgumentException(
          "There is no plan \"%s\"; there are: %s"
              .formatted(plan, String.join(", ", desk.planCodes())));
    }
    var code = desk.create(plan, uses, days.map(Duration::ofDays));
    System.out.println(json ? json(code, plan, uses, days) : code.value());
    return CommandLine.ExitCode.OK;
  }

  private static void refuseBadNumbers(int uses, Optional<Integer> days) {
    if (uses < 1 || uses > Invites.MOST_USES) {
      throw new IllegalArgumentException("--uses must be 1 to 1000000");
    }
    if (days.filter(count -> count < 1 || count > Invites.MOST_DAYS).isPresent()) {
      throw new IllegalArgumentException("--days must be 1 to 3650");
    }
  }

  private static String json(InviteCode code, String plan, int uses, Optional<Integer> days) {
    var fields = new TreeMap<String, Object>();
    fields.put("code", code.value());
    fields.put("plan", plan);
    fields.put("uses", uses);
    days.ifPresent(count -> fields.put("days", count));
    return JsonMapper.shared().writeValueAsString(fields);
  }
}
