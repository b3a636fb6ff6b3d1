package propusk.bot;

import io.javalin.config.JavalinConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import propusk.bot.alert.AlertTeller;
import propusk.bot.command.Texts;
import propusk.bot.watchdog.CronRoute;
import propusk.bot.watchdog.Watchdog;
import propusk.bot.webhook.WebhookBot;
import propusk.bot.webhook.WebhookDoor;
import propusk.domain.alert.Alerts;
import propusk.domain.audit.Audit;
import propusk.domain.bot.Backlog;
import propusk.domain.bot.Backlogs;
import propusk.domain.group.ChatGroups;
import propusk.domain.inbox.Inbox;
import propusk.domain.notify.Channel;
import propusk.domain.outbox.OutboxQueue;
import propusk.domain.time.Sweeper;
import propusk.domain.webhook.WebhookChecks;

/// The Bot API side of the product: updates come in by webhook or long polling, commands are
/// handled, answers go out, for each bot of the configuration. Every process may run it; polling
/// and sending are done by one of them. Threads are its own, between [#start] and [#close]; what
/// Telegram brings comes through [#routes].
public final class BotModule implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BotModule.class);
  private static final Duration TIDY_EVERY = Duration.ofMinutes(10);
  private static final Duration COUNT_EVERY = Duration.ofSeconds(15);
  private static final Duration QUESTIONS_EVERY = Duration.ofSeconds(2);
  private static final Duration DELETIONS_EVERY = Duration.ofSeconds(2);

  /// Telegram repeats an update for 24 hours at most.
  private static final Duration KEEP_HANDLED = Duration.ofDays(2);

  private static final Duration KEEP_ALERTS = Duration.ofDays(30);
  private static final Duration KEEP_LEFT_GROUPS = Duration.ofDays(90);
  private static final Duration KEEP_AUDIT = Duration.ofDays(365);

  private final BotDependencies parts;
  private final List<RunningBot> bots = new ArrayList<>();
  private final Sweeper deletions;
  private final Sweeper questions;
  private final Alerts alerts;
  private final Optional<AlertTeller> teller;
  private final WebhookChecks checks;
  private final Watchdog watchdog;
  private final Sweeper tidier;
  private final Sweeper counter;
  private final Map<Long, Backlog> inboxes = new ConcurrentHashMap<>();
  private final Map<Long, Backlog> outboxes = new ConcurrentHashMap<>();

  public BotModule(BotDependencies parts) {
    this.parts = parts;
    var texts = new Texts();
    for (var access : parts.config().bots()) {
      bots.add(new RunningBot(access, parts, texts, () -> conflict(access.id())));
    }
    // What people asked to have erased goes as soon as Telegram has let go of their sessions.
    var pending = parts.deletions();
    deletions = new Sweeper(parts.jdbi(), "deletions", DELETIONS_EVERY, pending::finish);
    parts.notifications().on(Channel.SESSION, _ -> deletions.wake());
    questions =
        new Sweeper(
            parts.jdbi(), "sign-in-questions", QUESTIONS_EVERY, parts.approvals()::tellAsked);
    parts.notifications().on(Channel.QUESTION, _ -> questions.wake());
    alerts = new Alerts(parts.clock());
    checks = new WebhookChecks(parts.clock());
    var watched = bots.stream().map(RunningBot::watched).toList();
    watchdog = new Watchdog(parts.jdbi(), checks, alerts, parts.clock(), watched);
    tidier = tidier();
    counter = new Sweeper(parts.jdbi(), "backlogs", COUNT_EVERY, this::count);
    teller = teller(texts);
    teller.ifPresent(it -> parts.notifications().on(Channel.ALERT, _ -> it.wake()));
    parts.notifications().on(Channel.INBOX, _ -> bots.forEach(RunningBot::wakeInbox));
    parts.notifications().on(Channel.OUTBOX, _ -> bots.forEach(RunningBot::wakeSender));
  }

  /// Puts the webhook, and the way to have it looked after, on a server that the caller makes,
  /// starts and stops.
  public void routes(JavalinConfig config) {
    var doors = new HashMap<String, WebhookBot>();
    bots.forEach(bot -> bot.door().ifPresent(door -> doors.put(Long.toString(bot.id()), door)));
    if (!doors.isEmpty()) {
      config.jetty.modifyServer(server -> server.insertHandler(new WebhookDoor(doors)));
    }
    config.routes.get(CronRoute.PATH, new CronRoute(watchdog, parts.config().cronSecret())::answer);
  }

  public void start() {
    bots.forEach(RunningBot::start);
    teller.ifPresent(AlertTeller::start);
    deletions.start();
    questions.start();
    tidier.start();
    counter.start();
    watchdog.start();
  }

  /// Lets what is under way finish; takes some seconds at most.
  @Override
  public void close() {
    watchdog.close();
    counter.close();
    tidier.close();
    teller.ifPresent(AlertTeller::close);
    questions.close();
    deletions.close();
    bots.forEach(RunningBot::close);
  }

  /// For gauges: the bots that run here.
  public List<Long> botIds() {
    return bots.stream().map(RunningBot::id).toList();
  }

  /// For gauges: this bot's updates that wait, in all processes together; some seconds old.
  public Backlog inbox(long botId) {
    return inboxes.getOrDefault(botId, Backlog.NONE);
  }

  /// For gauges: its messages that wait.
  public Backlog outbox(long botId) {
    return outboxes.getOrDefault(botId, Backlog.NONE);
  }

  private int count(Handle handle) {
    var backlogs = new Backlogs(parts.clock());
    for (long botId : botIds()) {
      inboxes.put(botId, backlogs.inbox(handle, botId));
      outboxes.put(botId, backlogs.outbox(handle, botId));
    }
    return 0;
  }

  private void conflict(long botId) {
    watchdog.conflict(botId);
  }

  private Optional<AlertTeller> teller(Texts texts) {
    var config = parts.config();
    if (config.bots().isEmpty()) {
      return Optional.empty();
    }
    if (config.admins().isEmpty()) {
      LOG.warn("event=nobody_to_alert setting=PROPUSK_ADMINS");
      return Optional.empty();
    }
    return Optional.of(
        new AlertTeller(
            new AlertTeller.Parts(
                parts.jdbi(),
                alerts,
                parts.accounts(),
                parts.sessions(),
                parts.outbox(),
                texts,
                config.bots().getFirst().id(),
                config.admins())));
  }

  private Sweeper tidier() {
    var inbox = new Inbox(parts.sealer(), parts.clock());
    var queue = new OutboxQueue(parts.sealer(), parts.clock());
    var groups = new ChatGroups(parts.clock());
    var audit = new Audit(parts.clock());
    return new Sweeper(
        parts.jdbi(),
        "bot-tidier",
        TIDY_EVERY,
        handle -> {
          var now = parts.clock().instant();
          var before = now.minus(KEEP_HANDLED);
          return inbox.forget(handle, before)
              + queue.forget(handle, before)
              + parts.limits().forget(handle, before)
              + alerts.forget(handle, now.minus(KEEP_ALERTS))
              + checks.forget(handle, now.minus(KEEP_ALERTS))
              + groups.forget(handle, now.minus(KEEP_LEFT_GROUPS))
              + audit.forget(handle, now.minus(KEEP_AUDIT));
        });
  }
}
