package propusk.bot.watchdog;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import propusk.domain.alert.AlertKind;
import propusk.domain.alert.Alerts;
import propusk.domain.time.Doorbell;
import propusk.domain.webhook.WebhookCheck;
import propusk.domain.webhook.WebhookChecks;
import propusk.domain.webhook.WebhookChecks.Turn;

/// Looks every two minutes, at start and on request whether each bot's webhook is as it should be,
/// and sets it again where it is not. Every process runs one; one of them looks at a time. One
/// thread between [#start] and [#close].
public final class Watchdog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
  private static final Duration EVERY = Duration.ofMinutes(2);
  private static final Duration TICK = Duration.ofSeconds(10);
  private static final Duration STOP = Duration.ofSeconds(5);

  private final Jdbi jdbi;
  private final WebhookChecks checks;
  private final Alerts alerts;
  private final InstantSource clock;
  private final List<WatchedBot> bots;
  private final Doorbell bell = new Doorbell();
  private final Set<Long> conflicts = ConcurrentHashMap.newKeySet();
  private final Thread thread = Thread.ofVirtual().name("watchdog").unstarted(this::run);
  private volatile boolean closed;

  public Watchdog(
      Jdbi jdbi, WebhookChecks checks, Alerts alerts, InstantSource clock, List<WatchedBot> bots) {
    this.jdbi = jdbi;
    this.checks = checks;
    this.alerts = alerts;
    this.clock = clock;
    this.bots = List.copyOf(bots);
  }

  public void start() {
    thread.start();
  }

  /// Telegram refused this bot's poll.
  public void conflict(long botId) {
    conflicts.add(botId);
    bell.ring();
  }

  /// What was seen and done for each bot; the last look of another process where that one looks
  /// just now.
  public List<Look> lookNow() throws InterruptedException {
    var looks = new ArrayList<Look>();
    for (var bot : bots) {
      looks.add(look(bot, Occasion.REQUEST));
    }
    return looks;
  }

  /// @param check none when Telegram or the database did not answer, or nobody has ever looked
  /// @param byOthers whether it is another process' look
  public record Look(long botId, Optional<WebhookCheck> check, boolean byOthers) {}

  /// Lets a look under way finish: one that is broken off leaves its turn taken for minutes.
  @Override
  public void close() {
    closed = true;
    bell.ring();
    try {
      if (thread.isAlive() && !thread.join(STOP)) {
        thread.interrupt();
        thread.join(STOP);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      for (var bot : bots) {
        if (!over()) {
          look(bot, Occasion.START);
        }
      }
      while (!over()) {
        bell.await(TICK);
        for (var bot : bots) {
          if (!over()) {
            look(bot, conflicts.remove(bot.id()) ? Occasion.CONFLICT : Occasion.TIMER);
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean over() {
    return closed || Thread.currentThread().isInterrupted();
  }

  private Look look(WatchedBot bot, Occasion occasion) throws InterruptedException {
    var age = occasion == Occasion.TIMER ? EVERY : Duration.ZERO;
    try {
      var turn = jdbi.inTransaction(handle -> turn(handle, bot, age));
      if (turn.isEmpty()) {
        var last = jdbi.withHandle(handle -> last(handle, bot));
        return new Look(bot.id(), last, true);
      }
      return new Look(bot.id(), look(bot, occasion, turn.get()), false);
    } catch (RuntimeException e) {
      LOG.warn(
          "event=webhook_not_checked bot={} reason={}", bot.id(), e.getClass().getSimpleName());
      return new Look(bot.id(), Optional.empty(), false);
    }
  }

  private Optional<Turn> turn(Handle handle, WatchedBot bot, Duration age) {
    int refused = bot.takeRefused().getAsInt();
    if (refused > 0) {
      checks.refused(handle, bot.id(), refused);
    }
    return checks.claim(handle, bot.id(), age);
  }

  private Optional<WebhookCheck> last(Handle handle, WatchedBot bot) {
    return checks.latest(handle, bot.id(), 1).stream().findFirst();
  }

  private Optional<WebhookCheck> look(WatchedBot bot, Occasion occasion, Turn turn)
      throws InterruptedException {
    var info = bot.api().webhook();
    if (info.isEmpty()) {
      LOG.warn("event=webhook_not_told bot={}", bot.id());
      jdbi.useTransaction(handle -> checks.giveUp(handle, turn));
      return Optional.empty();
    }
    var seen = Seen.of(info.get());
    var before = jdbi.withHandle(handle -> last(handle, bot));
    var now = clock.instant();
    var diagnosis =
        Diagnosis.of(bot.expected(), seen, before, occasion == Occasion.START, turn.refused(), now);
    var outcome = diagnosis.needsRepair() ? bot.repair() : "ok";
    var check = check(bot, occasion, turn, seen, diagnosis, outcome);
    boolean kept =
        jdbi.inTransaction(handle -> {
          raise(handle, bot, diagnosis, check);
          return checks.finish(handle, turn, check);
        });
    log(check, kept);
    return Optional.of(check);
  }

  private WebhookCheck check(
      WatchedBot bot,
      Occasion occasion,
      Turn turn,
      Seen seen,
      Diagnosis diagnosis,
      String outcome) {
    return new WebhookCheck(
        bot.id(),
        clock.instant(),
        occasion.code(),
        seen.address(bot.expected()),
        seen.pending(),
        seen.ipAddress(),
        seen.lastErrorAt(),
        seen.lastError(),
        turn.refused(),
        diagnosis.findings().stream().sorted().map(Finding::code).toList(),
        diagnosis.needsRepair() ? bot.action() : "none",
        outcome,
        outcome.equals("ok"));
  }

  /// An incident is told once, however often it is seen.
  private void raise(Handle handle, WatchedBot bot, Diagnosis diagnosis, WebhookCheck check) {
    var subject = Long.toString(bot.id());
    if (diagnosis.changedByOthers()) {
      alerts.raise(handle, AlertKind.WEBHOOK_CHANGED, subject);
    }
    if (diagnosis.failing() || check.outcome().startsWith("refused")) {
      alerts.raise(handle, AlertKind.WEBHOOK_FAILING, subject);
    }
  }

  private static void log(WebhookCheck check, boolean kept) {
    if (check.findings().isEmpty()) {
      LOG.debug("event=webhook_checked bot={} pending={}", check.botId(), check.pending());
      return;
    }
    LOG.warn(
        "event=webhook_checked bot={} findings={} address={} pending={} refused={} action={}"
            + " outcome={} kept={}",
        check.botId(),
        String.join(",", check.findings()),
        check.address(),
        check.pending(),
        check.refused(),
        check.action(),
        check.outcome(),
        kept);
  }
}
