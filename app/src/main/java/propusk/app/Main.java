package propusk.app;

import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import propusk.app.config.Config;
import propusk.app.config.InvalidConfiguration;
import propusk.app.demo.Demo;
import propusk.app.launch.Databases;
import propusk.app.launch.Instance;
import propusk.app.launch.Owned;
import propusk.app.launch.Ports;
import propusk.app.launch.Serve;
import propusk.app.state.StateDirectory;
import propusk.app.supervise.Child;
import propusk.app.supervise.Parent;
import propusk.migrations.Migrations;
import propusk.migrations.Migrations.OutdatedDatabase;

/// The command line.
@Command(
    name = "propusk",
    mixinStandardHelpOptions = true,
    version = "Propusk 0.1.0",
    description = "Connects a Telegram account to a product and signs its owner in.",
    footer = {
      "  test     In the source tree only: builds everything and runs every test.",
      "  bench    In the source tree only: measures, for docs/performance.md.",
      "  soak     In the source tree only: kills processes while people log in, for docs/soak.md.",
      "  flood    In the source tree only: kills web in a flood of updates, for docs/flood.md.",
      "  races    In the source tree only: lets crowds use what counts once, for docs/races.md."
    },
    subcommands = CommandLine.HelpCommand.class)
public final class Main {
  private static final int RUNS_ON = -1;

  private final Map<String, String> environment;

  private Main(Map<String, String> environment) {
    this.environment = new TreeMap<>(environment);
  }

  public static void main(String[] arguments) throws InterruptedException {
    int code = run(System.getenv(), arguments);
    if (code != RUNS_ON) {
      System.exit(code);
    }
    Thread.currentThread().join();
  }

  static int run(Map<String, String> environment, String... arguments) {
    return line(environment).execute(arguments);
  }

  static CommandLine line(Map<String, String> environment) {
    return new CommandLine(new Main(environment))
        .addSubcommand(new InviteCommand(environment))
        .addSubcommand(new PlanCommand(environment))
        .addSubcommand(new SessionCommand(environment))
        .addSubcommand(new InboxCommand(environment))
        .addSubcommand(new BotCommand(environment))
        .addSubcommand(new OrgCommand(environment))
        .addSubcommand(new EventCommand(environment))
        .addSubcommand(new KeyCommand(environment))
        .addSubcommand(new StatsCommand(environment))
        .addSubcommand(new AlertsCommand(environment))
        .addSubcommand(new AuditCommand(environment))
        .setExecutionExceptionHandler((e, line, _) -> failed(e, line));
  }

  /// What fails because we were told to end is not worth a word. What the operator can mend is said
  /// in a sentence, what nobody foresaw with its trace.
  private static int failed(Exception e, CommandLine line) {
    if (Owned.shuttingDown()) {
      return RUNS_ON;
    }
    var err = line.getErr();
    if (e instanceof IllegalArgumentException refused) {
      err.println(refused.getMessage());
      return CommandLine.ExitCode.USAGE;
    }
    if (e instanceof InvalidConfiguration) {
      err.println(e.getMessage());
      return Child.GIVE_UP;
    }
    if (e instanceof IllegalStateException
        || e instanceof OutdatedDatabase
        || e instanceof UncheckedIOException) {
      err.println(e.getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    }
    e.printStackTrace(err);
    return CommandLine.ExitCode.SOFTWARE;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Runs web and one supervised worker; PostgreSQL is embedded unless configured.")
  int serve() {
    Serve.check(environment);
    var state = StateDirectory.of(environment);
    var owned = new Owned();
    owned.closeAtExit();
    owned.add(state.lock());
    var serve = new Serve(environment, state, owned, Optional.empty());
    var settings = serve.database();
    owned.add(Instance.announce(state, settings, Set.of("PROPUSK_DATABASE_URL")));
    serve.children(Map.of(), new Ports());
    System.out.println("Propusk is ready: " + environment.get("PROPUSK_BASE_URL"));
    return RUNS_ON;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Runs the web process: bot, pages, pushes.")
  int web(@Option(names = "--supervised", hidden = true) boolean supervised) {
    return runOn(supervised, owned -> Wiring.web(Config.web(environment), owned));
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Runs a worker process: TDLib, logins, saved sessions.")
  int worker(@Option(names = "--supervised", hidden = true) boolean supervised) {
    environment.put("PROPUSK_STATE_DIR", StateDirectory.of(environment).path().toString());
    return runOn(supervised, owned -> Wiring.worker(Config.worker(environment), owned));
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Brings the database to this program's version.")
  int migrate() {
    var settings = Instance.complete(StateDirectory.of(environment), environment);
    Migrations.migrate(Databases.unpooled(Config.migrate(settings)));
    System.out.println("The database is up to date.");
    return CommandLine.ExitCode.OK;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Runs everything with nothing configured, and a Telegram of our own.")
  int demo(
      @Option(names = "--reset", description = "Begin anew: forget people, chats, sessions.")
          boolean reset) {
    var owned = new Owned();
    owned.closeAtExit();
    new Demo(StateDirectory.of(environment), environment, owned, System.out).start(reset);
    return RUNS_ON;
  }

  private static int runOn(boolean supervised, Consumer<Owned> start) {
    if (supervised) {
      Parent.endWithIt();
    }
    var owned = new Owned();
    owned.closeAtExit();
    start.accept(owned);
    return RUNS_ON;
  }
}
