package propusk.app;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import propusk.domain.audit.Actor;
import propusk.domain.audit.Audit;
import propusk.domain.invite.Invite;
import propusk.domain.invite.InviteCode;
import propusk.domain.invite.InviteId;
import propusk.domain.invite.Invites;
import propusk.domain.plan.Plan;
import propusk.domain.plan.Plans;
import tools.jackson.databind.json.JsonMapper;

/// Invites from the command line.
@Command(
    name = "invite",
    mixinStandardHelpOptions = true,
    description = "Makes, lists, shows and revokes invites.")
final class InviteCommand {
  private final Map<String, String> environment;
  private final Plans plans = new Plans();

  @Spec private CommandSpec spec = CommandSpec.create();

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
    var database = OperatorDatabase.of(environment);
    var invites = invites(database);
    var code =
        database
            .jdbi()
            .inTransaction(handle -> {
              if (plans.find(handle, plan).isEmpty()) {
                throw new IllegalArgumentException(
                    "There is no plan \"%s\"; there are: %s"
                        .formatted(
                            plan,
                            plans.list(handle).stream()
                                .map(Plan::code)
                                .collect(Collectors.joining(", "))));
              }
              var made = invites.create(handle, plan, uses, days.map(Duration::ofDays));
              var id = invites.find(handle, made).orElseThrow().id();
              audit(database).record(handle, Actor.COMMAND_LINE, "invite_created", subject(id));
              return made;
            });
    spec.commandLine().getOut().println(json ? json(code, plan, uses, days) : code.value());
    return CommandLine.ExitCode.OK;
  }

  @Command(mixinStandardHelpOptions = true, description = "Lists the invites, the latest first.")
  int list(
      @Option(names = "--open", description = "Only those that let somebody in now.") boolean open,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    var database = OperatorDatabase.of(environment);
    var now = database.clock().instant();
    var rows =
        database.jdbi().withHandle(invites(database)::list).stream()
            .filter(invite -> !open || invite.open(now))
            .map(invite -> row(invite, now))
            .toList();
    listing(json).rows(rows, "There are no invites.");
    return CommandLine.ExitCode.OK;
  }

  @Command(mixinStandardHelpOptions = true, description = "Shows an invite and who used it.")
  int show(
      @Parameters(paramLabel = "ID", description = "The number that list shows.") long id,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    var database = OperatorDatabase.of(environment);
    var invites = invites(database);
    database
        .jdbi()
        .useHandle(handle -> {
          var invite =
              invites
                  .find(handle, new InviteId(id))
                  .orElseThrow(
                      () -> new IllegalArgumentException("There is no invite " + id + "."));
          var row = new LinkedHashMap<>(row(invite, database.clock().instant()));
          row.put("used_by", invites.redeemers(handle, invite.id()));
          listing(json).one(row);
        });
    return CommandLine.ExitCode.OK;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Withdraws an invite: it lets nobody in any more. Subscriptions stay.")
  int revoke(
      @Parameters(paramLabel = "ID", description = "The number that list shows.") long id,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    var database = OperatorDatabase.of(environment);
    var invite = new InviteId(id);
    boolean revoked =
        database
            .jdbi()
            .inTransaction(handle -> {
              if (!invites(database).revoke(handle, invite)) {
                return false;
              }
              audit(database).record(handle, Actor.COMMAND_LINE, "invite_revoked", subject(invite));
              return true;
            });
    if (!revoked) {
      throw new IllegalArgumentException(
          "There is no invite %d, or it was revoked before.".formatted(id));
    }
    listing(json).done("Revoked.", Listing.row("id", id, "state", "revoked"));
    return CommandLine.ExitCode.OK;
  }

  private static Map<String, Object> row(Invite invite, Instant now) {
    return Listing.row(
        "id", invite.id().value(),
        "code", "…" + invite.hint(),
        "plan", invite.planCode(),
        "state", state(invite, now),
        "used", invite.used(),
        "held", invite.reserved(),
        "uses", invite.maxUses(),
        "until", invite.expiresAt());
  }

  private static String state(Invite invite, Instant now) {
    if (invite.revokedAt().isPresent()) {
      return "revoked";
    }
    if (invite.expired(now)) {
      return "expired";
    }
    return invite.open(now) ? "open" : "used_up";
  }

  private Invites invites(OperatorDatabase database) {
    return new Invites(plans, database.sealer(), database.clock(), new SecureRandom());
  }

  private static Audit audit(OperatorDatabase database) {
    return new Audit(database.clock());
  }

  private static String subject(InviteId id) {
    return "invite:" + id.value();
  }

  private Listing listing(boolean json) {
    return new Listing(spec.commandLine().getOut(), json);
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
