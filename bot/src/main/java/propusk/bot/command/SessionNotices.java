package propusk.bot.command;

import com.pengrad.telegrambot.request.BaseRequest;
import com.pengrad.telegrambot.response.BaseResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import propusk.bot.sending.NoticeText;
import propusk.domain.account.Account;
import propusk.domain.account.Accounts;
import propusk.domain.deletion.HowDeleted;
import propusk.domain.session.TelegramSession;
import propusk.domain.session.TelegramSessionId;
import propusk.domain.session.TelegramSessions;
import propusk.domain.subscription.Subscriptions;

/// What the chat is told of a saved session that ended, and of data that were deleted.
public final class SessionNotices implements NoticeText {
  private final TelegramSessions sessions;
  private final Accounts accounts;
  private final Subscriptions subscriptions;
  private final Texts texts;
  private final InstantSource clock;

  public SessionNotices(
      TelegramSessions sessions,
      Accounts accounts,
      Subscriptions subscriptions,
      Texts texts,
      InstantSource clock) {
    this.sessions = sessions;
    this.accounts = accounts;
    this.subscriptions = subscriptions;
    this.texts = texts;
    this.clock = clock;
  }

  @Override
  public Optional<BaseRequest<?, ? extends BaseResponse>> sessionEnded(
      Handle handle, String sessionId, long chatId) {
    return sessions
        .find(handle, new TelegramSessionId(sessionId))
        .flatMap(session -> text(handle, session))
        .map(text -> Reply.of(text).to(chatId));
  }

  @Override
  public BaseRequest<?, ? extends BaseResponse> dataDeleted(String how, long chatId) {
    var deleted = HowDeleted.parse(how);
    var key = deleted.leftover() ? "delete.leftover" : "delete.done";
    return Reply.of(texts.say(deleted.language(), key)).to(chatId);
  }

  /// Nothing while it lives.
  private Optional<String> text(Handle handle, TelegramSession session) {
    return switch (session.state()) {
      case LIVE, LOG_OUT_PENDING -> Optional.empty();
      case REVOKED, DEACTIVATED, DUPLICATED, DAMAGED, QUARANTINED, ENDED ->
          Optional.of(ended(handle, accounts.get(handle, session.account()), session));
    };
  }

  /// Also what `/sessions` says of it later.
  String ended(Handle handle, Account account, TelegramSession session) {
    var subscribed = subscriptions.find(handle, account.id()).isPresent();
    var at = session.endedAt().orElse(Instant.EPOCH);
    return texts.say(
        account.language(),
        "session." + session.state().code(),
        Map.of(
            "at",
            Texts.moment(account.language(), at, clock.instant()),
            "subscription",
            subscribed ? "yes" : "no"));
  }
}
