package propusk.app.bench;

import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import propusk.app.config.Config;
import propusk.app.config.Role;
import propusk.app.launch.Databases;
import propusk.app.launch.JavaCommand;
import propusk.app.launch.Owned;
import propusk.app.launch.Readiness;
import propusk.app.story.Await;
import propusk.app.story.TownSettings;
import propusk.app.supervise.Child;
import propusk.domain.account.Account;
import propusk.domain.account.Accounts;
import propusk.domain.account.TelegramProfile;
import propusk.domain.account.TelegramUserId;
import propusk.domain.browser.BrowserInfo;
import propusk.domain.limit.Limits;
import propusk.domain.seal.Sealer;
import propusk.domain.seal.Secret;
import propusk.domain.seal.Tokens;
import propusk.domain.signin.BeginOutcome;
import propusk.domain.signin.BrowserProof;
import propusk.domain.signin.Decision;
import propusk.domain.signin.SignIn;
import propusk.domain.signin.SignInCounts;
import propusk.domain.signin.SignInRequest;
import propusk.domain.signin.SignIns;
import propusk.domain.time.DatabaseClock;
import propusk.migrations.Migrations;
import propusk.migrations.embedded.EmbeddedPostgres;

/// Ten thousand browsers that wait for a yes on one web process: what each costs, how soon one
/// hears, how fast all hear. The web process and PostgreSQL, which syncs each commit, are processes
/// of their own; the browsers and the approvals are here.
class WaitersBench {
  private static final int WAITERS = Integer.getInteger("propusk.bench.waiters", 10_000);
  private static final int SINGLE = Math.min(500, WAITERS / 20);
  private static final int WARM_UP = Math.min(3_000, WAITERS);

  private static final Owned owned = new Owned();
  private static URI base;
  private static URI metrics;
  private static ProcessHandle web;
  private static Jdbi jdbi;
  private static SignIns signIns;
  private static Tokens tokens;
  private static Account person;

  /// Browsers that wait, each with a sign-in of its own that somebody came by already.
  private record Crowd(List<SignIn> signIns, WaitingBrowsers browsers) implements AutoCloseable {
    @Override
    public void close() {
      browsers.close();
    }
  }

  @BeforeAll
  static void start() throws Exception {
    var directory = Files.createTempDirectory(Path.of("/var/tmp"), "propusk-bench-");
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
    owned.add(() -> new ProcessBuilder("rm", "-rf", directory.toString()).start().waitFor());
    var postgres =
        owned.add(
            EmbeddedPostgres.start(
                EmbeddedPostgres.Config.durable(
                    Files.createDirectory(directory.resolve("postgres")))));
    Migrations.migrate(postgres.dataSource("postgres"));
    base = URI.create("http://127.0.0.1:" + TownSettings.freePort());
    var sandbox = owned.add(TownSettings.sandbox(directory.resolve("world"), base));
    var url =
        "jdbc:postgresql://127.0.0.1:%d/postgres?user=%s&password=%s"
            .formatted(postgres.port(), postgres.user(), postgres.password());
    var settings =
        TownSettings.of(url, Files.createDirectory(directory.resolve("state")), base, sandbox);
    var config = Config.operator(settings);
    jdbi = Jdbi.create(owned.add(Databases.pool(config.database(), "bench", 8)));
    tokens = new Tokens(new SecureRandom());
    var clock = new DatabaseClock(postgres.dataSource("postgres"), System::nanoTime);
    signIns =
        new SignIns(
            new SignIns.Parts(
                Sealer.parse(config.secretKey().value()),
                clock,
                tokens,
                new Limits(clock),
                new SignInCounts()));
    person =
        jdbi.inTransaction(handle ->
            new Accounts()
                .seen(
                    handle,
                    new TelegramProfile(
                        new TelegramUserId(1),
                        "Илья",
                        Optional.of("Козлов"),
                        Optional.of("ilya_kozlov"),
                        Optional.empty())));
    int port = TownSettings.freePort();
    settings.put("PROPUSK_OPS_PORT", Integer.toString(port));
    var own = Config.onlyFor(Role.WEB, settings);
    own.put("PATH", System.getenv("PATH"));
    own.put("HOME", System.getenv("HOME"));
    var ops = "http://127.0.0.1:" + port;
    var child =
        owned.add(
            Child.start(
                new Child.Spec(
                    "web",
                    JavaCommand.of(Role.WEB, directory),
                    own,
                    Optional.of(directory.resolve("web.log")),
                    URI.create(ops + "/healthz"),
                    Child.Patience.STANDARD),
                _ -> {}));
    Readiness.await("web", URI.create(ops + "/readyz"), Await.PATIENCE);
    metrics = URI.create(ops + "/metrics");
    web = ProcessHandle.of(child.pid().orElseThrow()).orElseThrow();
  }

  @AfterAll
  static void end() {
    owned.close();
  }

  @Test
  void tenThousandWaitAndAreToldAtOnce() throws Exception {
    for (int round = 0; round < 2; round++) {
      try (var crowd = wait(WARM_UP)) {
        approveOneByOne(crowd, WARM_UP / 6);
        approveAtOnce(crowd, WARM_UP / 6, WARM_UP);
      }
    }
    awaitNobody();
    long heap = heap();
    long resident = resident();
    long began = System.nanoTime();
    try (var crowd = wait(WAITERS)) {
      Figures.say(WAITERS + " streams opened in", seconds(System.nanoTime() - began));
      long busy = Usage.cpu(web).toMillis();
      TimeUnit.SECONDS.sleep(30);
      busy = Usage.cpu(web).toMillis() - busy;
      Figures.say(
          "web's processor while all wait",
          String.format(Locale.ROOT, "%.1f %% of a core", busy / 300.0));
      Figures.say("heap of a waiter, after a collection", kilobytes(heap() - heap));
      Figures.say("resident memory of a waiter", kilobytes(resident() - resident));
      var single = approveOneByOne(crowd, SINGLE);
      Figures.spread("approve (its whole transaction) → notified", single.whole());
      Figures.spread("commit sent → notified", single.fromCommit());
      long took = approveAtOnce(crowd, SINGLE, WAITERS);
      Figures.say(
          (WAITERS - SINGLE) + " approvals in one commit → all notified",
          String.format(
              Locale.ROOT, "%s, %.0f/s", seconds(took), (WAITERS - SINGLE) / (took / 1e9)));
    }
  }

  /// Who has gone is noticed when something is written to them.
  private static void awaitNobody() {
    Await.until(
        "the end of the warm-up's streams",
        () ->
            Readiness.await("web", metrics, Await.PATIENCE)
                .contains("\npropusk_pages_waiting 0.0\n"));
  }

  private static Crowd wait(int count) throws Exception {
    var waiting = new ArrayList<SignIn>();
    var ids = new ArrayList<String>();
    var cookies = new ArrayList<String>();
    jdbi.useTransaction(handle -> {
      for (int i = 0; i < count; i++) {
        var cookie = tokens.secret();
        var begun = (BeginOutcome.Begun) signIns.begin(handle, request(cookie, i));
        var signIn = begun.signIn();
        signIns.open(handle, signIns.start(signIn), person.id());
        waiting.add(signIn);
        ids.add(signIn.id().value());
        cookies.add(cookie.value());
      }
      handle.execute("DELETE FROM limit_use");
    });
    jdbi.useHandle(handle -> handle.execute("ANALYZE sign_in"));
    var browsers = new WaitingBrowsers(count);
    browsers.open(base, ids, cookies);
    return new Crowd(waiting, browsers);
  }

  private static SignInRequest request(Secret cookie, int number) {
    var address = "198.18.%d.%d".formatted(number / 250 % 250, number % 250);
    var from =
        new BrowserInfo(
            Optional.of("Chrome"),
            Optional.of("Linux"),
            Optional.of(InetAddress.ofLiteral(address)));
    return new SignInRequest(
        new BrowserProof.Cookie(cookie), from, address, Optional.empty(), false);
  }

  private record Singles(List<Long> whole, List<Long> fromCommit) {}

  private static Singles approveOneByOne(Crowd crowd, int count) throws Exception {
    var whole = new ArrayList<Long>();
    var fromCommit = new ArrayList<Long>();
    for (int i = 0; i < count; i++) {
      var signIn = crowd.signIns().get(i);
      long began = System.nanoTime();
      long committing =
          jdbi.inTransaction(handle -> {
            approve(signIns.pick(handle, signIn.id(), person.id(), signIn.number()));
            return System.nanoTime();
          });
      crowd.browsers().awaitApproved(1);
      whole.add(crowd.browsers().approvedAt(i) - began);
      fromCommit.add(crowd.browsers().approvedAt(i) - committing);
    }
    return new Singles(whole, fromCommit);
  }

  /// @return from when the commit was sent until the last one was told
  private static long approveAtOnce(Crowd crowd, int from, int to) throws Exception {
    long committing =
        jdbi.inTransaction(handle -> {
          for (var signIn : crowd.signIns().subList(from, to)) {
            approve(signIns.pick(handle, signIn.id(), person.id(), signIn.number()));
          }
          return System.nanoTime();
        });
    crowd.browsers().awaitApproved(to - from);
    long last = committing;
    for (int i = from; i < to; i++) {
      last = Math.max(last, crowd.browsers().approvedAt(i));
    }
    return last - committing;
  }

  private static void approve(Decision decision) {
    if (!(decision instanceof Decision.Approved)) {
      throw new AssertionError(decision);
    }
  }

  /// In bytes, after two full collections.
  private static long heap() throws Exception {
    jcmd("GC.run");
    jcmd("GC.run");
    var used = jcmd("GC.heap_info").replaceFirst("(?s).*?used (\\d+)K.*", "$1");
    return Long.parseLong(used) * 1024;
  }

  private static long resident() throws Exception {
    var status = Files.readString(Path.of("/proc/" + web.pid() + "/status"));
    return Long.parseLong(status.replaceFirst("(?s).*VmRSS:\\s+(\\d+) kB.*", "$1")) * 1024;
  }

  private static String jcmd(String command) throws Exception {
    var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    var process =
        new ProcessBuilder(jcmd, Long.toString(web.pid()), command)
            .redirectErrorStream(true)
            .start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static String kilobytes(long all) {
    return String.format(Locale.ROOT, "%.1f kB", all / 1024.0 / WAITERS);
  }

  private static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.2f s", Duration.ofNanos(nanos).toMillis() / 1e3);
  }
}
