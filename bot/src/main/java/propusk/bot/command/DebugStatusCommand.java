package propusk.bot.command;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import propusk.domain.account.Account;
import propusk.domain.account.AccountTraces;
import propusk.domain.account.Accounts;
import propusk.domain.account.Language;
import propusk.domain.account.TelegramUserId;
import propusk.domain.audit.Actor;
import propusk.domain.audit.Audit;
import propusk.domain.session.SessionState;
import propusk.domain.session.TelegramSession;
import propusk.domain.session.TelegramSessions;
import propusk.domain.subscription.Subscription;
import propusk.domain.subscription.Subscriptions;

/// `/debug_status [ID]`: how one account stands in the database, the admin's own if none is named.
/// The first lines have the names and values of the view `users`.
final class DebugStatusCommand {
  private final Accounts accounts;
  private final Subscriptions subscriptions;
  private final TelegramSessions sessions;
  private final Audit audit;
  private final Texts texts;
  private final InstantSource clock;

  DebugStatusCommand(AdminCommands.Parts parts, Audit audit) {
    this.accounts = parts.accounts();
    this.subscriptions = parts.subscriptions();
    this.sessions = parts.sessions();
    this.texts = parts.texts();
    this.clock = parts.clock();
    this.audit = audit;
  }

  Reply answer(Handle handle, Account admin, String argument) {
    var id = subject(admin, argument);
    if (id.isEmpty()) {
      return say(admin, "debug.status.usage", Map.of());
    }
    audit.record(
        handle, Actor.admin(admin.telegramId()), "status_shown", "telegram:" + id.get().value());
    return accounts
        .find(handle, id.get())
        .map(account -> Reply.of(text(handle, admin, account)))
        .orElseGet(
            () -> say(admin, "debug.no_account", Map.of("id", Long.toString(id.get().value()))));
  }

  /// Whom a debug command is about; empty: that is no Telegram id.
  static Optional<TelegramUserId> subject(Account admin, String argument) {
    if (argument.isEmpty()) {
      return Optional.of(admin.telegramId());
    }
    return argument.matches("[1-9]\\d{0,15}")
        ? Optional.of(new TelegramUserId(Long.parseLong(argument)))
        : Optional.empty();
  }

  private String text(Handle handle, Account admin, Account account) {
    var language = admin.language();
    // The very question is an update that is being handled.
    int own = account.equals(admin) ? 1 : 0;
    var subscription = subscriptions.find(handle, account.id());
    var session = sessions.latest(handle, account.id());
    var live = session.filter(it -> it.state() == SessionState.LIVE).isPresent();
    var traces = AccountTraces.of(handle, account, clock.instant());
    List<String> lines = new ArrayList<>();
    lines.add(texts.say(language, "debug.status"));
    lines.add("");
    lines.add("telegram_id: " + account.telegramId().value());
    lines.add("first_name: " + account.firstName());
    lines.add("is_authenticated: " + (live ? "t" : "f"));
    lines.add("subscription_type: " + subscription.map(it -> it.plan().code()).orElse("-"));
    lines.add("");
    lines.add(plan(language, subscription));
    lines.add(session(language, session));
    lines.add(login(language, traces));
    lines.add(
        texts.say(
            language,
            "debug.status.counts",
            Map.of("invites", traces.redeemed(), "browsers", traces.webSessions())));
    lines.add(
        texts.say(
            language,
            "debug.status.queues",
            Map.of(
                "updates", Math.max(0, traces.updatesWaiting() - own),
                "messages", traces.messagesWaiting(),
                "dead", traces.updatesDead())));
    if (traces.blocked()) {
      lines.add(texts.say(language, "debug.status.blocked"));
    }
    return String.join("\n", lines);
  }

  private String plan(Language language, Optional<Subscription> subscription) {
    if (subscription.isEmpty()) {
      return texts.say(language, "debug.status.no_plan");
    }
    var held = subscription.get();
    var state = held.active(clock.instant()) ? "active" : "over";
    return texts.say(
        language,
        "debug.status.plan",
        Map.of(
            "plan", held.plan().name(),
            "state", state,
            "since", moment(language, held.activatedAt())));
  }

  private String session(Language language, Optional<TelegramSession> session) {
    return session
        .map(it ->
            texts.say(
                language,
                "debug.status.session",
                Map.of(
                    "state", it.state().code(),
                    "checked", moment(language, it.checkedAt().orElse(it.createdAt())))))
        .orElseGet(() -> texts.say(language, "debug.status.no_session"));
  }

  private String login(Language language, AccountTraces traces) {
    return traces
        .lastLogin()
        .map(phase ->
            texts.say(
                language,
                "debug.status.login",
                Map.of(
                    "phase",
                    phase,
                    "at",
                    moment(language, traces.lastLoginAt().orElse(Instant.EPOCH)))))
        .orElseGet(() -> texts.say(language, "debug.status.no_login"));
  }

  private String moment(Language language, Instant at) {
    return Texts.moment(language, at, clock.instant());
  }

  private Reply say(Account admin, String key, Map<String, ?> values) {
    return Reply.of(texts.say(admin.language(), key, values));
  }
}
