package propusk.bot;

import java.time.Duration;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import propusk.bot.api.Answer;
import propusk.bot.api.BotAccess;
import propusk.bot.api.BotApi;
import propusk.bot.command.Conversation;
import propusk.bot.command.EventNotices;
import propusk.bot.command.LoginEnds;
import propusk.bot.command.Menus;
import propusk.bot.command.RegisterCommand;
import propusk.bot.command.SessionNotices;
import propusk.bot.command.SignInQuestions;
import propusk.bot.command.Texts;
import propusk.bot.sending.Delivery;
import propusk.bot.sending.Sender;
import propusk.bot.update.InboxWorkers;
import propusk.bot.update.UpdatePoller;
import propusk.bot.watchdog.Expected;
import propusk.bot.watchdog.WatchedBot;
import propusk.bot.webhook.WebhookBot;
import propusk.bot.webhook.WebhookDoor;
import propusk.domain.bot.BotLine;
import propusk.domain.bot.Bots;
import propusk.domain.group.ChatGroups;
import propusk.domain.inbox.Inbox;
import propusk.domain.organization.Memberships;
import propusk.domain.outbox.BlockedChats;
import propusk.domain.outbox.OutboxQueue;
import propusk.domain.seal.Tokens;
import propusk.domain.websession.WebSessions;

/// One bot at work. Its inbox is handled in every process, and each takes what Telegram brings; the
/// process that holds the bot's [BotLine] also sends, and polls where updates are asked for.
final class RunningBot implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunningBot.class);
  private static final Duration LINE_CHECK = Duration.ofSeconds(2);
  private static final Duration INTRODUCE_AGAIN = Duration.ofSeconds(5);
  private static final Duration STOP = Duration.ofSeconds(10);

  /// So many updates Telegram may bring side by side.
  private static final int WEBHOOK_CONNECTIONS = 40;

  private final long botId;
  private final BotDependencies parts;
  private final Texts texts;
  private final BotApi api;
  private final Inbox inbox;
  private final InboxWorkers workers;
  private final Sender sender;
  private final Optional<WebhookBot> webhook;
  private final Thread line;
  private final Thread introduction;
  private final Runnable conflict;
  private volatile String username;

  /// @param conflict called when Telegram refuses a poll
  RunningBot(BotAccess access, BotDependencies parts, Texts texts, Runnable conflict) {
    this.botId = access.id();
    this.parts = parts;
    this.texts = texts;
    this.conflict = conflict;
    this.api = new BotApi(access);
    this.username = parts.config().usernames().getOrDefault(botId, "");
    this.inbox = new Inbox(parts.sealer(), parts.clock());
    var blocked = new BlockedChats(parts.clock());
    this.workers =
        new InboxWorkers(
            botId,
            parts.jdbi(),
            inbox,
            parts.outbox(),
            new Conversation(conversation(blocked), () -> username),
            parts.clock(),
            parts.config().chatsAtOnce());
    var queue = new OutboxQueue(parts.sealer(), parts.clock());
    this.sender =
        new Sender(
            botId,
            parts.jdbi(),
            queue,
            new Delivery(api, parts.jdbi(), queue, blocked, words(), parts.clock()),
            parts.clock());
    this.webhook = webhook();
    this.line = Thread.ofVirtual().name("bot-line-" + botId).unstarted(this::holdLine);
    this.introduction = Thread.ofVirtual().name("bot-hello-" + botId).unstarted(this::introduce);
  }

  void start() {
    workers.start();
    line.start();
    introduction.start();
  }

  long id() {
    return botId;
  }

  /// Its place at the door; empty where we poll.
  Optional<WebhookBot> door() {
    return webhook;
  }

  /// How its webhook should be.
  WatchedBot watched() {
    return switch (parts.config().updates()) {
      case Updates.Poll() ->
          new WatchedBot(botId, api, new Expected.None(), Optional.empty(), () -> 0);
      case Updates.Webhook way ->
          new WatchedBot(
              botId,
              api,
              new Expected.At(
                  parts.config().baseUrl() + WebhookDoor.PATH + botId,
                  BotApi.KINDS,
                  WEBHOOK_CONNECTIONS),
              Optional.of(way.secretOf(botId)),
              () -> webhook.map(WebhookBot::takeRefused).orElse(0));
    };
  }

  void wakeInbox() {
    workers.wake();
  }

  void wakeSender() {
    sender.wake();
  }

  @Override
  public void close() {
    introduction.interrupt();
    line.interrupt();
    webhook.ifPresent(WebhookBot::close);
    workers.close();
    join(introduction);
    join(line);
    api.close();
  }

  /// Polls and sends while this process has the line; asks for it again and again otherwise.
  private void holdLine() {
    while (!Thread.currentThread().isInterrupted()) {
      try (var held = BotLine.take(parts.jdbi(), botId).orElse(null)) {
        if (held != null) {
          LOG.info("event=line_taken bot={}", botId);
          workWhile(held);
        }
      } catch (JdbiException e) {
        LOG.warn("event=line_unavailable bot={} reason={}", botId, e.getClass().getSimpleName());
      }
      if (!slept(LINE_CHECK)) {
        return;
      }
    }
  }

  private void workWhile(BotLine held) {
    var polling = Thread.ofVirtual().name("poll-" + botId).unstarted(poller());
    if (webhook.isEmpty()) {
      polling.start();
    }
    var sending = Thread.ofVirtual().name("send-" + botId).start(sender);
    try {
      while (held.held() && slept(LINE_CHECK)) {
        LOG.trace("event=line_held bot={}", botId);
      }
    } finally {
      boolean interrupted = Thread.interrupted();
      polling.interrupt();
      sending.interrupt();
      join(sending);
      join(polling);
      LOG.info("event=line_left bot={}", botId);
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private UpdatePoller poller() {
    return new UpdatePoller(botId, api, parts.jdbi(), inbox, workers::wake, conflict);
  }

  private Optional<WebhookBot> webhook() {
    return switch (parts.config().updates()) {
      case Updates.Poll() -> Optional.empty();
      case Updates.Webhook webhook ->
          Optional.of(
              new WebhookBot(botId, webhook.secretOf(botId), parts.jdbi(), inbox, workers::wake));
    };
  }

  /// Learns our name and tells Telegram our commands, in each language.
  private void introduce() {
    while (!introduced()) {
      if (!slept(INTRODUCE_AGAIN)) {
        return;
      }
    }
  }

  private boolean introduced() {
    var name = api.username();
    if (name.isEmpty()) {
      LOG.warn("event=bot_not_introduced bot={}", botId);
      return false;
    }
    username = name.get();
    try {
      boolean ours = parts.jdbi().inTransaction(handle -> stored(handle, name.get()));
      return tellCommands() && showHome(ours);
    } catch (JdbiException e) {
      LOG.warn("event=bot_not_stored bot={} reason={}", botId, e.getClass().getSimpleName());
      return false;
    }
  }

  /// @return whether it is one of our own
  private boolean stored(Handle handle, String name) {
    var bots = new Bots(parts.sealer());
    bots.seen(handle, botId, name);
    return bots.isOurs(handle, botId);
  }

  /// Telegram takes https addresses only; without such a one the commands must do.
  ///
  /// @param ours false for an organization's bot, whose launches sign nobody in
  private boolean showHome(boolean ours) {
    var button = ours ? Menus.home(parts.config().baseUrl()) : Menus.noHome();
    return switch (api.ask(button)) {
      case Answer.Taken _ -> true;
      case Answer.Refused(var code) -> {
        LOG.warn("event=menu_button_refused bot={} status={}", botId, code);
        yield true;
      }
      case Answer.TokenRefused _,
          Answer.Blocked _,
          Answer.Conflict _,
          Answer.Flood _,
          Answer.Unavailable _ ->
          false;
    };
  }

  /// An admin's own list is refused while they have not started us: then `/start` sets it.
  private boolean tellCommands() {
    var menus = new Menus(texts);
    for (var admin : parts.config().admins()) {
      for (var menu : menus.forAdmin(admin)) {
        if (api.ask(menu) instanceof Answer.Refused) {
          LOG.info("event=admin_menu_waits bot={}", botId);
        }
      }
    }
    return menus.forAll().stream().allMatch(menu -> api.ask(menu) instanceof Answer.Taken);
  }

  private SessionNotices notices() {
    return new SessionNotices(
        parts.sessions(), parts.accounts(), parts.subscriptions(), texts, parts.clock());
  }

  private Delivery.Words words() {
    return new Delivery.Words(
        new LoginEnds(parts.logins(), parts.accounts(), texts, parts.clock()),
        notices(),
        new EventNotices(
            parts.events(), parts.accounts(), texts, parts.clock(), parts.config().baseUrl()),
        questions(),
        register());
  }

  private RegisterCommand register() {
    return new RegisterCommand(
        parts.registrations(), texts, parts.clock(), parts.config().baseUrl());
  }

  private SignInQuestions questions() {
    return new SignInQuestions(
        parts.signIns(),
        parts.devices(),
        parts.accounts(),
        texts,
        parts.clock(),
        parts.config().baseUrl());
  }

  private Conversation.Parts conversation(BlockedChats blocked) {
    return new Conversation.Parts(
        parts.accounts(),
        parts.logins(),
        parts.limits(),
        parts.subscriptions(),
        parts.sessions(),
        new WebSessions(parts.clock(), new Tokens(parts.random())),
        parts.deletions(),
        parts.events(),
        new Memberships(parts.clock()),
        notices(),
        parts.signIns(),
        register(),
        parts.admissions(),
        questions(),
        parts.outbox(),
        blocked,
        new ChatGroups(parts.clock()),
        parts.config().admins(),
        parts.sealer(),
        texts,
        parts.clock(),
        parts.random(),
        parts.config().baseUrl(),
        parts.config().ownUsername());
  }

  private static boolean slept(Duration time) {
    try {
      Thread.sleep(time);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static void join(Thread thread) {
    try {
      // One that was never started cannot be waited for.
      if (thread.isAlive()) {
        thread.join(STOP);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
