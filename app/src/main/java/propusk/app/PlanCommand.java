package propusk.app;

import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import propusk.domain.audit.Actor;
import propusk.domain.audit.Audit;
import propusk.domain.plan.Plan;
import propusk.domain.plan.Plans;

/// Plans from the command line.
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    description = "Lists, makes and changes plans.")
final class PlanCommand {
  private static final int MOST = 1_000_000_000;
  private static final int MOST_DAYS = 36_500;

  private final Map<String, String> environment;
  private final Plans plans = new Plans();

  @Spec private CommandSpec spec = CommandSpec.create();

  PlanCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  /// What a plan holds; what is not given stays as it is, or is nothing in a new plan.
  static final class Terms {
    @Option(names = "--name", description = "Its name as people read it.")
    private Optional<String> name = Optional.empty();

    @Option(names = "--channels", description = "How many channels.")
    private Optional<Integer> channels = Optional.empty();

    @Option(names = "--posts", description = "How many posts a day.")
    private Optional<Integer> posts = Optional.empty();

    @Option(names = "--rag", description = "How many RAG requests a day.")
    private Optional<Integer> rag = Optional.empty();

    @Option(names = "--digests", description = "AI digests: on or off.")
    private Optional<String> digests = Optional.empty();

    @Option(names = "--days", description = "How many days a subscription lasts; 0: for ever.")
    private Optional<Integer> days = Optional.empty();

    Plan on(Plan before) {
      return new Plan(
          before.code(),
          name.map(String::strip).orElse(before.name()),
          channels.orElse(before.channels()),
          posts.orElse(before.postsPerDay()),
          rag.orElse(before.ragPerDay()),
          digests.map(PlanCommand::onOrOff).orElse(before.aiDigests()),
          days.map(count -> Optional.of(count).filter(some -> some != 0))
              .orElse(before.durationDays()));
    }
  }

  @Command(mixinStandardHelpOptions = true, description = "Lists the plans.")
  int list(@Option(names = "--json", description = "Print JSON.") boolean json) {
    var rows =
        OperatorDatabase.of(environment).jdbi().withHandle(plans::list).stream()
            .map(PlanCommand::row)
            .toList();
    listing(json).rows(rows, "There are no plans.");
    return CommandLine.ExitCode.OK;
  }

  @Command(mixinStandardHelpOptions = true, description = "Makes a plan.")
  int create(
      @Parameters(paramLabel = "CODE", description = "Its name in commands, such as premium.")
          String code,
      @Mixin Terms terms,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    if (!code.matches("[a-z][a-z0-9_]{0,31}")) {
      throw new IllegalArgumentException(
          "CODE has small letters, digits and _, 32 at most, and begins with a letter.");
    }
    var plan = checked(terms.on(new Plan(code, code, 0, 0, 0, false, Optional.empty())));
    var database = OperatorDatabase.of(environment);
    boolean made =
        database
            .jdbi()
            .inTransaction(
                handle -> plans.create(handle, plan) && audited(handle, database, plan, "created"));
    if (!made) {
      throw new IllegalArgumentException(
          "There is a plan \"%s\" already; to change it: plan set %s …".formatted(code, code));
    }
    listing(json).one(row(plan));
    return CommandLine.ExitCode.OK;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description =
          "Changes a plan: limits at once for all who have it, the duration for those who get it"
              + " from now on.")
  int set(
      @Parameters(paramLabel = "CODE", description = "Which plan.") String code,
      @Mixin Terms terms,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    var database = OperatorDatabase.of(environment);
    var plan =
        database
            .jdbi()
            .inTransaction(handle -> {
              var before =
                  plans
                      .find(handle, code)
                      .orElseThrow(
                          () -> new IllegalArgumentException("There is no plan \"" + code + "\"."));
              var after = checked(terms.on(before));
              plans.set(handle, after);
              audited(handle, database, after, "changed");
              return after;
            });
    listing(json).one(row(plan));
    return CommandLine.ExitCode.OK;
  }

  private static boolean audited(Handle handle, OperatorDatabase database, Plan plan, String what) {
    new Audit(database.clock())
        .record(handle, Actor.COMMAND_LINE, "plan_" + what, "plan:" + plan.code());
    return true;
  }

  private static Plan checked(Plan plan) {
    if (plan.name().isBlank() || plan.name().length() > 64) {
      throw new IllegalArgumentException("--name has 1 to 64 characters.");
    }
    for (int limit : new int[] {plan.channels(), plan.postsPerDay(), plan.ragPerDay()}) {
      if (limit < 0 || limit > MOST) {
        throw new IllegalArgumentException("A limit is 0 to 1000000000.");
      }
    }
    if (plan.durationDays().filter(days -> days < 1 || days > MOST_DAYS).isPresent()) {
      throw new IllegalArgumentException("--days must be 0 to 36500.");
    }
    return plan;
  }

  private static boolean onOrOff(String text) {
    if (!text.matches("on|off")) {
      throw new IllegalArgumentException("--digests must be on or off.");
    }
    return text.equals("on");
  }

  private static Map<String, Object> row(Plan plan) {
    return Listing.row(
        "code", plan.code(),
        "name", plan.name(),
        "channels", plan.channels(),
        "posts", plan.postsPerDay(),
        "rag", plan.ragPerDay(),
        "digests", plan.aiDigests() ? "on" : "off",
        "days", plan.durationDays());
  }

  private Listing listing(boolean json) {
    return new Listing(spec.commandLine().getOut(), json);
  }
}
