package propusk.bot.command;

import com.pengrad.telegrambot.model.request.InlineKeyboardButton;
import com.pengrad.telegrambot.request.BaseRequest;
import com.pengrad.telegrambot.response.BaseResponse;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import propusk.bot.sending.EventText;
import propusk.domain.account.Account;
import propusk.domain.account.Accounts;
import propusk.domain.account.Language;
import propusk.domain.account.TelegramUserId;
import propusk.domain.event.Event;
import propusk.domain.event.EventId;
import propusk.domain.event.EventStanding;
import propusk.domain.event.Events;

/// What members are told of a new event, and who has a place of a cancelled one, in their own
/// language.
public final class EventNotices implements EventText {
  private final Events events;
  private final Accounts accounts;
  private final Texts texts;
  private final InstantSource clock;
  private final String baseUrl;

  public EventNotices(
      Events events, Accounts accounts, Texts texts, InstantSource clock, String baseUrl) {
    this.events = events;
    this.accounts = accounts;
    this.texts = texts;
    this.clock = clock;
    this.baseUrl = baseUrl;
  }

  @Override
  public Optional<BaseRequest<?, ? extends BaseResponse>> newEvent(
      Handle handle, String eventId, long chatId) {
    var account = accounts.find(handle, new TelegramUserId(chatId));
    return events
        .find(handle, new EventId(Long.parseLong(eventId)))
        .filter(this::worthTelling)
        .flatMap(event -> account.map(person -> reply(person, event).to(chatId)));
  }

  @Override
  public Optional<BaseRequest<?, ? extends BaseResponse>> eventCancelled(
      Handle handle, String eventId, long chatId) {
    var account = accounts.find(handle, new TelegramUserId(chatId));
    return events
        .find(handle, new EventId(Long.parseLong(eventId)))
        .flatMap(event -> account.map(person -> cancelled(person, event).to(chatId)));
  }

  private Reply cancelled(Account account, Event event) {
    var language = account.language();
    var text =
        texts.say(
            language,
            "event.off.told",
            Map.of(
                "org", event.organization().name(),
                "title", event.title(),
                "when", event.when(language, clock.instant())));
    return new Reply(text, List.of(page(texts, language, baseUrl, event)));
  }

  /// The button that opens an event's page.
  static InlineKeyboardButton page(Texts texts, Language language, String baseUrl, Event event) {
    return new InlineKeyboardButton(texts.say(language, "event.open")).url(baseUrl + event.path());
  }

  private boolean worthTelling(Event event) {
    return switch (event.standing(clock.instant())) {
      case OPEN, FULL -> true;
      case PAST, CANCELLED -> false;
    };
  }

  private Reply reply(Account account, Event event) {
    var language = account.language();
    var text =
        texts.say(
            language,
            event.standing(clock.instant()) == EventStanding.FULL ? "event.new.full" : "event.new",
            Map.of(
                "org", event.organization().name(),
                "title", event.title(),
                "when", event.when(language, clock.instant()),
                "city", event.city()));
    var stop = new Button.WantNews(event.organization().id(), false);
    return new Reply(
        text,
        List.of(
            page(texts, language, baseUrl, event),
            new InlineKeyboardButton(texts.say(language, "news.stop")).callbackData(stop.data())));
  }
}
