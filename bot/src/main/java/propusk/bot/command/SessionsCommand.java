package propusk.bot.command;

import com.pengrad.telegrambot.model.request.InlineKeyboardButton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import propusk.domain.account.Account;
import propusk.domain.session.TelegramSession;
import propusk.domain.session.TelegramSessionId;
import propusk.domain.session.TelegramSessions;

/// `/sessions`: the Telegram session that we hold, how it is, what to do, and the browsers that are
/// signed in to the website; and `/logout`, which ends the Telegram session once its owner has
/// confirmed.
final class SessionsCommand {
  private final TelegramSessions sessions;
  private final SessionNotices notices;
  private final WebSessionsText website;
  private final Texts texts;
  private final InstantSource clock;

  SessionsCommand(
      TelegramSessions sessions,
      SessionNotices notices,
      WebSessionsText website,
      Texts texts,
      InstantSource clock) {
    this.sessions = sessions;
    this.notices = notices;
    this.website = website;
    this.texts = texts;
    this.clock = clock;
  }

  Reply show(Handle handle, Account account) {
    return website.under(handle, account, telegram(handle, account));
  }

  private Reply telegram(Handle handle, Account account) {
    var latest = sessions.latest(handle, account.id());
    if (latest.isEmpty()) {
      return say(account, "session.none");
    }
    var session = latest.get();
    return switch (session.state()) {
      case LIVE ->
          new Reply(
              live(account, session),
              List.of(button(account, "logout.begin", new Button.AskLogOut())));
      case LOG_OUT_PENDING -> Reply.of(pending(account, session));
      case REVOKED, DEACTIVATED, DUPLICATED, DAMAGED, QUARANTINED, ENDED ->
          Reply.of(notices.ended(handle, account, session));
    };
  }

  /// Asks whether the live session shall end; says how things are where there is none.
  Reply askLogOut(Handle handle, Account account) {
    var live = sessions.findLive(handle, account.id());
    if (live.isEmpty()) {
      return telegram(handle, account);
    }
    var whose = account.username().map(name -> "@" + name).orElse(account.fullName());
    return new Reply(
        texts.say(account.language(), "logout.confirm", Map.of("whose", whose)),
        List.of(
            button(account, "logout.yes", new Button.LogOut(live.get().id())),
            button(account, "logout.no", new Button.KeepSession())));
  }

  /// Confirmed. Empty: that session is not this person's. Pressed again, or about a session that is
  /// over, it says how things are.
  Optional<Reply> logOut(Handle handle, Account account, TelegramSessionId id) {
    var asked = sessions.find(handle, id).filter(own -> own.account().equals(account.id()));
    if (asked.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        switch (asked.get().state()) {
          case LIVE -> {
            sessions.logOut(handle, account.id());
            yield Reply.of(pending(account, sessions.find(handle, id).orElseThrow()));
          }
          case LOG_OUT_PENDING -> Reply.of(pending(account, asked.get()));
          case REVOKED, DEACTIVATED, DUPLICATED, DAMAGED, QUARANTINED, ENDED ->
              Reply.of(notices.ended(handle, account, asked.get()));
        });
  }

  Reply keep(Account account) {
    return say(account, "logout.kept");
  }

  private String live(Account account, TelegramSession session) {
    var now = clock.instant();
    var checked = session.checkedAt().orElse(session.createdAt());
    return texts.say(
        account.language(),
        "session.live",
        Map.of(
            "checked", Texts.moment(account.language(), checked, now),
            "since", Texts.moment(account.language(), session.createdAt(), now)));
  }

  private String pending(Account account, TelegramSession session) {
    var since =
        Texts.moment(account.language(), session.endedAt().orElse(Instant.EPOCH), clock.instant());
    return texts.say(account.language(), "session.log_out_pending", Map.of("at", since));
  }

  private InlineKeyboardButton button(Account account, String key, Button button) {
    return new InlineKeyboardButton(texts.say(account.language(), key)).callbackData(button.data());
  }

  private Reply say(Account account, String key) {
    return Reply.of(texts.say(account.language(), key));
  }
}
