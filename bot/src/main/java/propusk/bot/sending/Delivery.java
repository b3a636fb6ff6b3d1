package propusk.bot.sending;

import com.pengrad.telegrambot.request.BaseRequest;
import com.pengrad.telegrambot.response.BaseResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import propusk.bot.api.Answer;
import propusk.bot.api.BotApi;
import propusk.bot.api.RequestForm;
import propusk.domain.outbox.BlockedChats;
import propusk.domain.outbox.OpenMessage;
import propusk.domain.outbox.OpenMessage.Content;
import propusk.domain.outbox.OutboxQueue;

/// One message's way: its words, one call of the Bot API, and what the answer means for its row. No
/// transaction is open during the call. Safe for use by many threads.
public final class Delivery {
  private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
  private static final Duration TOKEN_PAUSE = Duration.ofSeconds(30);
  private static final Duration DATABASE_PAUSE = Duration.ofMillis(500);
  private static final int MARK_TRIES = 20;
  private static final int BAD_REQUEST = 400;

  private final BotApi api;
  private final Jdbi jdbi;
  private final OutboxQueue queue;
  private final BlockedChats blocked;
  private final Words words;
  private final InstantSource clock;

  /// Who finds the words that are found when a message is sent.
  public record Words(
      LoginEndedText loginEnded,
      NoticeText notices,
      EventText events,
      QuestionText questions,
      RegistrationText registrations) {}

  /// What it means for the sender.
  sealed interface Outcome {
    /// The chat's next message may follow.
    record Ended() implements Outcome {}

    /// The chat must rest, or all chats.
    record Wait(Instant until, boolean everyone) implements Outcome {}
  }

  public Delivery(
      BotApi api,
      Jdbi jdbi,
      OutboxQueue queue,
      BlockedChats blocked,
      Words words,
      InstantSource clock) {
    this.api = api;
    this.jdbi = jdbi;
    this.queue = queue;
    this.blocked = blocked;
    this.words = words;
    this.clock = clock;
  }

  Outcome deliver(OpenMessage message) {
    try {
      return switch (message.content()) {
        case Content.Request(var text) -> ask(message, RequestForm.read(text));
        case Content.LoginEnded(var loginId) ->
            askOrDrop(
                message,
                jdbi.inTransaction(h -> words.loginEnded().find(h, loginId, message.chatId())));
        case Content.LoginMayGoOn(var loginId) ->
            askOrDrop(
                message,
                jdbi.inTransaction(h -> words.loginEnded().mayGoOn(h, loginId, message.chatId())));
        case Content.SessionEnded(var sessionId) ->
            askOrDrop(
                message,
                jdbi.inTransaction(
                    h -> words.notices().sessionEnded(h, sessionId, message.chatId())));
        case Content.DataDeleted(var how) ->
            ask(message, words.notices().dataDeleted(how, message.chatId()));
        case Content.NewEvent(var eventId) ->
            askOrDrop(
                message,
                jdbi.inTransaction(h -> words.events().newEvent(h, eventId, message.chatId())));
        case Content.EventCancelled(var eventId) ->
            askOrDrop(
                message,
                jdbi.inTransaction(
                    h -> words.events().eventCancelled(h, eventId, message.chatId())));
        case Content.DeviceStolen(var deviceId) ->
            askOrDrop(
                message,
                jdbi.inTransaction(
                    h -> words.questions().deviceStolen(h, deviceId, message.chatId())));
        case Content.SignInAsked(var signInId) ->
            askOrDrop(
                message,
                jdbi.inTransaction(
                    h -> words.questions().signInAsked(h, signInId, message.chatId())));
        case Content.RegistrationCode(var id) ->
            askOrDrop(
                message,
                jdbi.inTransaction(
                    h -> words.registrations().registrationCode(h, id, message.chatId())));
        case Content.Unreadable() ->
            marked(message, handle -> queue.dead(handle, message, "unreadable"));
      };
    } catch (RuntimeException e) {
      var reason = e.getClass().getSimpleName();
      LOG.error("event=message_failed message={} reason={}", message.id(), reason);
      return marked(message, handle -> queue.failed(handle, message, reason));
    }
  }

  private Outcome askOrDrop(
      OpenMessage message, Optional<BaseRequest<?, ? extends BaseResponse>> found) {
    return found.isPresent()
        ? ask(message, found.get())
        : marked(message, handle -> queue.dropped(handle, message, "nothing_to_say"));
  }

  private Outcome ask(OpenMessage message, BaseRequest<?, ? extends BaseResponse> request) {
    return switch (api.ask(request)) {
      case Answer.Taken() -> marked(message, handle -> queue.sent(handle, message));
      case Answer.Flood(var retryAfter) -> {
        LOG.warn("event=flood bot={} seconds={}", message.botId(), retryAfter.toSeconds());
        yield paused(message, retryAfter, false);
      }
      case Answer.Blocked() -> {
        LOG.info("event=chat_blocked bot={}", message.botId());
        yield marked(message, handle -> blocked.blocked(handle, message.botId(), message.chatId()));
      }
      case Answer.TokenRefused() -> {
        LOG.error("event=token_refused bot={}", message.botId());
        yield paused(message, TOKEN_PAUSE, true);
      }
      // Telegram takes the answer to a pressed button for some seconds only.
      case Answer.Refused(_) when request.getMethod().equals("answerCallbackQuery") ->
          marked(message, handle -> queue.dropped(handle, message, "too_late"));
      case Answer.Refused(var code)
          when code == BAD_REQUEST && RequestForm.withoutTelegramLinks(request).isPresent() -> {
        LOG.warn("event=button_refused message={}", message.id());
        yield ask(message, RequestForm.withoutTelegramLinks(request).get());
      }
      case Answer.Refused(var code) -> {
        LOG.error("event=message_refused message={} code={}", message.id(), code);
        yield marked(message, handle -> queue.dead(handle, message, "status_" + code));
      }
      case Answer.Conflict() ->
          marked(message, handle -> queue.failed(handle, message, "status_409"));
      case Answer.Unavailable(var reason) -> {
        LOG.warn("event=message_not_sent message={} reason={}", message.id(), reason);
        yield marked(message, handle -> queue.failed(handle, message, reason));
      }
    };
  }

  private Outcome paused(OpenMessage message, Duration pause, boolean everyone) {
    var until = clock.instant().plus(pause);
    var _ = marked(message, handle -> queue.pause(handle, message, until));
    return new Outcome.Wait(until, everyone);
  }

  /// Writes down what became of the message. While the database is away the message stays on its
  /// way, so that a sent one is not sent again and again.
  private Outcome marked(OpenMessage message, Consumer<Handle> mark) {
    for (int tries = 1; ; tries++) {
      try {
        jdbi.useTransaction(mark::accept);
        return new Outcome.Ended();
      } catch (RuntimeException e) {
        LOG.warn(
            "event=message_not_marked message={} reason={}",
            message.id(),
            e.getClass().getSimpleName());
        if (tries == MARK_TRIES || !slept()) {
          return new Outcome.Ended();
        }
      }
    }
  }

  private static boolean slept() {
    try {
      Thread.sleep(DATABASE_PAUSE);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
