package propusk.bot.command;

import com.pengrad.telegrambot.request.AnswerCallbackQuery;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import propusk.bot.update.InboxWorkers;
import propusk.bot.update.Incoming;
import propusk.bot.update.UpdateReader;
import propusk.domain.account.Account;
import propusk.domain.account.Accounts;
import propusk.domain.account.Language;
import propusk.domain.account.TelegramProfile;
import propusk.domain.account.TelegramUserId;
import propusk.domain.bot.Bots;
import propusk.domain.deletion.Deletions;
import propusk.domain.event.Admissions;
import propusk.domain.event.Events;
import propusk.domain.group.ChatGroups;
import propusk.domain.group.GroupNews;
import propusk.domain.group.Standing;
import propusk.domain.limit.Limits;
import propusk.domain.login.Logins;
import propusk.domain.organization.Memberships;
import propusk.domain.outbox.BlockedChats;
import propusk.domain.outbox.Chat;
import propusk.domain.outbox.Outbox;
import propusk.domain.outbox.OutboxMessage;
import propusk.domain.seal.Sealer;
import propusk.domain.session.TelegramSessions;
import propusk.domain.signin.SignInCode;
import propusk.domain.signin.SignIns;
import propusk.domain.subscription.Subscriptions;
import propusk.domain.websession.WebSessions;

/// What the bot does on an update: all of it inside the transaction that took the update, whose
/// outbox is given the answer.
public final class Conversation implements InboxWorkers.Handler {
  private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);

  /// The start parameter with which our own pages lead here whoever wants to connect.
  private static final String CONNECT = "login";

  private final Parts parts;
  private final Bots bots;
  private final Supplier<String> username;
  private final LoginCommand login;
  private final SubscriptionCommand subscription;
  private final SessionsCommand sessions;
  private final DeleteCommand delete;
  private final AdminCommands admins;
  private final EventsCommand events;
  private final SignInCommand signIn;
  private final RegisterCommand register;

  /// What a conversation stands on.
  ///
  /// @param ownBot the username of a bot of our own, which asks and tells what lets somebody in
  public record Parts(
      Accounts accounts,
      Logins logins,
      Limits limits,
      Subscriptions subscriptions,
      TelegramSessions sessions,
      WebSessions webSessions,
      Deletions deletions,
      Events events,
      Memberships memberships,
      SessionNotices notices,
      SignIns signIns,
      RegisterCommand register,
      Admissions admissions,
      SignInQuestions questions,
      Outbox outbox,
      BlockedChats blocked,
      ChatGroups groups,
      List<TelegramUserId> admins,
      Sealer sealer,
      Texts texts,
      InstantSource clock,
      SecureRandom random,
      String baseUrl,
      String ownBot) {}

  /// @param username our own name, as far as it is known by now
  public Conversation(Parts parts, Supplier<String> username) {
    this.parts = parts;
    this.bots = new Bots(parts.sealer());
    this.username = username;
    this.login =
        new LoginCommand(
            parts.logins(), parts.limits(), parts.texts(), parts.clock(), parts.baseUrl());
    this.subscription =
        new SubscriptionCommand(
            parts.subscriptions(), parts.sessions(), parts.texts(), parts.clock());
    this.sessions =
        new SessionsCommand(
            parts.sessions(),
            parts.notices(),
            new WebSessionsText(parts.webSessions(), parts.texts(), parts.clock(), parts.baseUrl()),
            parts.texts(),
            parts.clock());
    this.register = parts.register();
    this.signIn =
        new SignInCommand(
            parts.signIns(),
            parts.questions(),
            new AdmissionWords(parts.admissions(), parts.texts(), parts.clock(), parts.baseUrl()),
            parts.texts(),
            parts.clock());
    this.delete =
        new DeleteCommand(
            parts.deletions(),
            parts.sessions(),
            parts.subscriptions(),
            parts.texts(),
            parts.clock());
    this.admins =
        new AdminCommands(
            new AdminCommands.Parts(
                parts.admins(),
                parts.accounts(),
                parts.subscriptions(),
                parts.sessions(),
                parts.deletions(),
                parts.sealer(),
                parts.events(),
                parts.texts(),
                parts.clock(),
                parts.random()));
    this.events =
        new EventsCommand(
            parts.events(), parts.memberships(), parts.texts(), parts.clock(), parts.baseUrl());
  }

  @Override
  public Optional<List<OutboxMessage>> handle(Handle handle, long botId, String json) {
    return UpdateReader.read(json, username.get()).map(it -> handle(handle, botId, it));
  }

  private List<OutboxMessage> handle(Handle handle, long botId, Incoming incoming) {
    var answers = new Answers(botId);
    switch (incoming) {
      case Incoming.Command command -> {
        var account = met(handle, botId, command.person(), command.chatId());
        if (command.name().equals("start")) {
          admins.menu(account).forEach(menu -> answers.add(command.chatId(), menu));
        }
        command(handle, botId, account, command)
            .ifPresent(reply -> answers.add(command.chatId(), reply));
      }
      case Incoming.Chatter(var person, var chatId, var text) -> {
        var account = met(handle, botId, person, chatId);
        var reply =
            delete
                .underWay(handle, account)
                .or(() -> typed(handle, botId, account, text))
                .orElseGet(() -> say(account.language(), "chatter"));
        answers.add(chatId, reply);
      }
      case Incoming.SharedContact contact -> {
        var account = met(handle, botId, contact.person(), contact.chatId());
        var reply =
            delete
                .underWay(handle, account)
                .or(() -> ours(handle, botId, () -> register.contact(handle, account, contact)))
                .orElseGet(() -> say(account.language(), "chatter"));
        answers.add(contact.chatId(), reply);
      }
      case Incoming.GroupCommand(var person, var chat) -> {
        parts.groups().note(handle, botId, chat, new GroupNews.Seen());
        var language = person.language().orElse(Language.EN);
        var text = parts.texts().say(language, "group", Map.of("bot", username.get()));
        answers.add(chat.chatId(), Reply.of(text));
      }
      case Incoming.GroupChanged(var chat, var news) -> {
        parts.groups().note(handle, botId, chat, news);
        if (news instanceof GroupNews.BotStands(var standing)) {
          letIn(handle, botId, chat.chatId(), standing);
        }
      }
      case Incoming.ButtonPressed press -> pressed(handle, botId, press, answers);
      case Incoming.Membership(var chatId, var blocked) ->
          letIn(handle, botId, chatId, blocked ? Standing.KICKED : Standing.MEMBER);
      case Incoming.Ignored(var why) -> LOG.debug("event=update_ignored bot={} why={}", botId, why);
    }
    return answers.list();
  }

  private Optional<Reply> command(
      Handle handle, long botId, Account account, Incoming.Command command) {
    var language = account.language();
    var underWay = delete.underWay(handle, account);
    if (underWay.isPresent()) {
      return underWay;
    }
    return switch (command.name()) {
      case "start" -> Optional.of(start(handle, botId, account, command));
      case "login" ->
          Optional.of(
              login.answer(handle, account, botId, command.chatId(), command.argument(), false));
      case "subscription" -> Optional.of(subscription.answer(handle, account));
      case "cancel" ->
          // The end of a login tells its chat by itself.
          parts.logins().cancelLive(handle, account.id())
              ? Optional.empty()
              : Optional.of(say(language, "cancel.nothing"));
      case "sessions" -> Optional.of(sessions.show(handle, account));
      case "logout" -> Optional.of(sessions.askLogOut(handle, account));
      case "delete_me" -> Optional.of(delete.ask(handle, account));
      case "events" -> Optional.of(events.show(handle, account));
      case "help" -> Optional.of(help(account));
      case "privacy" -> Optional.of(say(language, "privacy"));
      default ->
          admins
              .answer(handle, account, command.name(), command.argument())
              .or(() -> Optional.of(say(language, "unknown")));
    };
  }

  private Reply start(Handle handle, long botId, Account account, Incoming.Command command) {
    var argument = command.argument();
    return switch (argument) {
      case "" -> say(account.language(), "start");
      case CONNECT -> login.answer(handle, account, botId, command.chatId(), "", false);
      default ->
          ours(handle, botId, () -> Optional.of(come(handle, botId, account, command)))
              .orElseGet(() -> elsewhere(account));
    };
  }

  private Reply come(Handle handle, long botId, Account account, Incoming.Command command) {
    var argument = command.argument();
    return register
        .start(handle, account, new Chat(botId, command.chatId()), argument)
        .or(() -> signIn.start(handle, account, argument))
        .orElseGet(() -> say(account.language(), "start.bad_link"));
  }

  private Optional<Reply> typed(Handle handle, long botId, Account account, String text) {
    return SignInCode.parse(text)
        .flatMap(code ->
            bots.isOurs(handle, botId)
                ? signIn.typed(handle, account, code)
                : Optional.of(elsewhere(account)));
  }

  /// What lets somebody in is asked and told by a bot of our own only.
  private Optional<Reply> ours(Handle handle, long botId, Supplier<Optional<Reply>> reply) {
    return bots.isOurs(handle, botId) ? reply.get() : Optional.empty();
  }

  private Reply elsewhere(Account account) {
    var values = Map.of("bot", parts.ownBot());
    return Reply.of(parts.texts().say(account.language(), "sign_in.elsewhere", values));
  }

  /// The app shows a spinner until the press is answered; the message under the button becomes the
  /// reply, so that nobody presses twice.
  private void pressed(Handle handle, long botId, Incoming.ButtonPressed press, Answers answers) {
    var account = met(handle, botId, press.person(), press.chatId());
    var reply =
        Button.parse(press.data())
            .flatMap(it ->
                delete
                    .underWay(handle, account)
                    .or(() -> reply(handle, botId, press.chatId(), account, it)));
    var answer = new AnswerCallbackQuery(press.queryId());
    if (reply.isEmpty()) {
      var old = parts.texts().say(account.language(), "button.old");
      answers.add(press.chatId(), answer.text(old));
      return;
    }
    answers.add(press.chatId(), answer);
    if (press.messageId().isPresent()) {
      int message = press.messageId().get();
      answers.add(press.chatId(), reply.get().insteadOf(press.chatId(), message));
    } else {
      answers.add(press.chatId(), reply.get());
    }
  }

  private Optional<Reply> reply(
      Handle handle, long botId, long chatId, Account account, Button button) {
    return switch (button) {
      case Button.ReplacePlan(var code) ->
          Optional.of(login.answer(handle, account, botId, chatId, code.value(), true));
      case Button.AskLogOut() -> Optional.of(sessions.askLogOut(handle, account));
      case Button.LogOut(var session) -> sessions.logOut(handle, account, session);
      case Button.KeepSession() -> Optional.of(sessions.keep(account));
      case Button.DeleteData(var askedAt) ->
          Optional.of(delete.delete(handle, account, botId, chatId, askedAt));
      case Button.KeepData() -> Optional.of(delete.keep(account));
      case Button.ResetAccount reset -> admins.reset(handle, account, botId, reset);
      case Button.KeepAccount() -> admins.keep(account);
      case Button.WantNews(var organization, var wanted) ->
          events.wantNews(handle, account, organization, wanted);
      case Button.AskLeave(var event) -> events.askLeave(handle, account, event);
      case Button.Leave(var event) -> events.leave(handle, account, event);
      case Button.KeepPlace() -> Optional.of(events.show(handle, account));
      case Button.PickNumber(var id, int number) ->
          ours(handle, botId, () -> Optional.of(signIn.pick(handle, account, id, number)));
      case Button.DenySignIn(var id) ->
          ours(handle, botId, () -> Optional.of(signIn.deny(handle, account, id)));
      case Button.KeepPlan() ->
          parts
              .subscriptions()
              .find(handle, account.id())
              .map(it -> Map.of("current", it.plan().name()))
              .map(plan -> parts.texts().say(account.language(), "login.confirm.kept", plan))
              .map(Reply::of);
    };
  }

  private void letIn(Handle handle, long botId, long chatId, Standing standing) {
    switch (standing) {
      case MEMBER, ADMINISTRATOR -> parts.blocked().unblocked(handle, botId, chatId);
      case LEFT, KICKED -> parts.blocked().blocked(handle, botId, chatId);
    }
  }

  /// Whoever writes to us has let us in.
  private Account met(Handle handle, long botId, TelegramProfile person, long chatId) {
    parts.blocked().unblocked(handle, botId, chatId);
    return parts.accounts().wrote(handle, person, botId);
  }

  private Reply help(Account account) {
    var all = parts.texts().say(account.language(), "help");
    return Reply.of(admins.help(account).map(own -> all + "\n\n" + own).orElse(all));
  }

  private Reply say(Language language, String key) {
    return Reply.of(parts.texts().say(language, key));
  }
}
