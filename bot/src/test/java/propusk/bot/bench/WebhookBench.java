package propusk.bot.bench;

import com.zaxxer.hikari.HikariDataSource;
import io.javalin.Javalin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import propusk.bot.BenchProduct;
import propusk.bot.webhook.WebhookBot;
import propusk.bot.webhook.WebhookDoor;
import propusk.domain.inbox.Inbox;
import propusk.domain.inbox.ReceivedUpdate;
import propusk.domain.seal.Sealer;
import propusk.domain.seal.Secret;
import propusk.migrations.Migrations;
import propusk.migrations.embedded.EmbeddedPostgres;

/// What the webhook acknowledges and what the handlers get done, on a PostgreSQL that syncs each
/// commit to its disk, beside plain commits of one row each in turns of the same run.
///
/// `./propusk bench WebhookBench` runs it.
class WebhookBench {
  private static final long BOT = 7_000_000_001L;
  private static final String SECRET = "the-secret-that-Telegram-was-told";
  private static final int CONNECTIONS = 40;
  private static final int ROUNDS = 5;
  private static final int LOGINS = Integer.getInteger("propusk.bench.updates", 20_000);
  private static final Duration WARM_UP =
      Duration.ofSeconds(Integer.getInteger("propusk.bench.warm", 10));
  private static final Duration ROUND =
      Duration.ofSeconds(Integer.getInteger("propusk.bench.round", 5));
  private static final String ROW =
      """
      INSERT INTO inbox (bot_id, update_id, chat_id, payload, due_at, received_at)
      VALUES (?, ?, ?, ?, now(), now()) ON CONFLICT (bot_id, update_id) DO NOTHING
      """;

  private final Sealer sealer = new Sealer(List.of(new byte[32]));
  private final AtomicLong plainIds = new AtomicLong(1_000_000_000);
  private EmbeddedPostgres postgres;
  private HikariDataSource pool;
  private Jdbi jdbi;

  @BeforeEach
  void open(@TempDir Path directory) throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
    var data = Files.createDirectory(directory.resolve("postgres"));
    postgres = EmbeddedPostgres.start(EmbeddedPostgres.Config.durable(data));
    Migrations.migrate(postgres.dataSource("postgres"));
    pool = new HikariDataSource();
    pool.setDataSource(postgres.dataSource("postgres"));
    pool.setMaximumPoolSize(CONNECTIONS);
    jdbi = Jdbi.create(pool);
  }

  @AfterEach
  void close() {
    pool.close();
    postgres.close();
  }

  @Test
  void acknowledgedBesidePlainCommits() throws Exception {
    var inbox = new Inbox(sealer, Instant::now);
    try (var bot = new WebhookBot(BOT, new Secret(SECRET), jdbi, inbox, () -> {})) {
      var server = server(bot);
      var load = new WebhookLoad(server.port(), "/telegram/webhook/" + BOT, SECRET);
      load.run(CONNECTIONS, WARM_UP, 0);
      plain(WARM_UP);
      long slowest = Long.MAX_VALUE;
      for (int round = 1; round <= ROUNDS; round++) {
        var before = Cpu.used(postgres.pid());
        var webhook = load.run(CONNECTIONS, ROUND, 0);
        var between = Cpu.used(postgres.pid());
        long plain = plain(ROUND);
        var after = Cpu.used(postgres.pid());
        slowest = Math.min(slowest, webhook.perSecond());
        say(
            "round %d: acknowledged at %d connections".formatted(round, CONNECTIONS),
            "%d/s, p50 %.1f ms, p99 %.1f ms; plain commits of one row %d/s; ratio %.2f"
                .formatted(
                    webhook.perSecond(),
                    webhook.millis(0.5),
                    webhook.millis(0.99),
                    plain,
                    webhook.perSecond() / (double) plain));
        say("  an update with the load", between.minus(before).each(webhook.answered()));
        say("  a plain commit", after.minus(between).each(plain * ROUND.toSeconds()));
      }
      for (int round = 1; round <= 3; round++) {
        var half = load.run(CONNECTIONS, ROUND, slowest / 2);
        say(
            "at half of the slowest round",
            "%d/s, p50 %.2f ms, p99 %.2f ms"
                .formatted(half.perSecond(), half.millis(0.5), half.millis(0.99)));
      }
      server.stop();
    }
  }

  @Test
  void loginsHandledInTheBackground() throws Exception {
    try (var product = new BenchProduct(jdbi, postgres, sealer)) {
      for (int round = 1; round <= 3; round++) {
        product.store(LOGINS, round);
        var before = Cpu.used(postgres.pid());
        var from = System.nanoTime();
        product.handleAll();
        double seconds = (System.nanoTime() - from) / 1e9;
        say(
            "round %d: %d /login, each of another person".formatted(round, LOGINS),
            "%.0f/s, %s"
                .formatted(LOGINS / seconds, Cpu.used(postgres.pid()).minus(before).each(LOGINS)));
      }
    }
  }

  private static Javalin server(WebhookBot bot) {
    var server =
        Javalin.create(config -> {
          // As the program's own web server runs.
          var threads = new QueuedThreadPool(32, 4);
          threads.setVirtualThreadsExecutor(VirtualThreads.getNamedVirtualThreadsExecutor("web-"));
          config.jetty.threadPool = threads;
          config.startup.showJavalinBanner = false;
          config.jetty.modifyServer(
              jetty -> jetty.insertHandler(new WebhookDoor(Map.of(Long.toString(BOT), bot))));
        });
    return server.start("127.0.0.1", 0);
  }

  /// Rows committed one by one on as many connections.
  private long plain(Duration time) throws Exception {
    long end = System.nanoTime() + time.toNanos();
    long total = 0;
    try (var threads = Executors.newFixedThreadPool(CONNECTIONS)) {
      var running = new ArrayList<Future<Long>>();
      for (int n = 0; n < CONNECTIONS; n++) {
        Callable<Long> client = () -> commit(end);
        running.add(threads.submit(client));
      }
      for (var client : running) {
        total += client.get();
      }
    }
    return total * 1_000 / time.toMillis();
  }

  private long commit(long end) throws Exception {
    try (var connection = pool.getConnection();
        var insert = connection.prepareStatement(ROW)) {
      var update = new ReceivedUpdate(1, 1, "x".repeat(420));
      long rows = 0;
      while (System.nanoTime() < end) {
        long id = plainIds.incrementAndGet();
        insert.setLong(1, BOT);
        insert.setLong(2, id);
        insert.setLong(3, id % 5_000);
        insert.setBytes(
            4,
            sealer.seal(update.json().getBytes(StandardCharsets.UTF_8), "inbox:" + BOT + ":" + id));
        rows += insert.executeUpdate();
      }
      return rows;
    }
  }

  private static void say(String what, String figure) throws IOException {
    var line = String.format(Locale.ROOT, "%-46s %s%n", what, figure);
    var file = Files.createDirectories(Path.of("target", "bench")).resolve("figures.txt");
    Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
