package propusk.bot.command;

import com.pengrad.telegrambot.model.request.InlineKeyboardButton;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import propusk.domain.account.Account;
import propusk.domain.event.Event;
import propusk.domain.event.EventId;
import propusk.domain.event.Events;
import propusk.domain.organization.Membership;
import propusk.domain.organization.Memberships;
import propusk.domain.organization.OrganizationId;

/// `/events`: where the person has a place, each with a button that gives it back, and whether they
/// are told of new events: each organization has its button.
final class EventsCommand {
  private static final int MOST = 10;

  private final Events events;
  private final Memberships memberships;
  private final Texts texts;
  private final InstantSource clock;
  private final String baseUrl;

  EventsCommand(
      Events events, Memberships memberships, Texts texts, InstantSource clock, String baseUrl) {
    this.events = events;
    this.memberships = memberships;
    this.texts = texts;
    this.clock = clock;
    this.baseUrl = baseUrl;
  }

  Reply show(Handle handle, Account account) {
    var language = account.language();
    var belongs = memberships.of(handle, account.id());
    if (belongs.isEmpty()) {
      return Reply.of(texts.say(language, "events.none"));
    }
    var lines = new ArrayList<String>();
    var upcoming = events.upcoming(handle, account.id());
    if (upcoming.isEmpty()) {
      lines.add(texts.say(language, "events.no_upcoming"));
    } else {
      lines.add(texts.say(language, "events.upcoming"));
      upcoming.stream().limit(MOST).map(event -> line(account, event)).forEach(lines::add);
    }
    lines.add(texts.say(language, "events.news"));
    var buttons =
        Stream.concat(
            upcoming.stream().limit(MOST).map(event -> leaveButton(account, event)),
            belongs.stream().limit(MOST).map(each -> newsButton(account, each)));
    return new Reply(String.join("\n\n", lines), buttons.toList());
  }

  /// Empty: the person does not belong there.
  Optional<Reply> wantNews(
      Handle handle, Account account, OrganizationId organization, boolean wanted) {
    return memberships.wantNews(handle, organization, account.id(), wanted)
        ? Optional.of(show(handle, account))
        : Optional.empty();
  }

  /// Empty: the person has no place there.
  Optional<Reply> askLeave(Handle handle, Account account, EventId id) {
    return events.upcoming(handle, account.id()).stream()
        .filter(event -> event.id().equals(id))
        .findFirst()
        .map(event ->
            new Reply(
                say(account, "events.leave.ask", event),
                List.of(
                    pressed(account, "events.leave.yes", new Button.Leave(id)),
                    pressed(account, "events.leave.no", new Button.KeepPlace()))));
  }

  /// Empty: there is no such event.
  Optional<Reply> leave(Handle handle, Account account, EventId id) {
    return events
        .find(handle, id)
        .map(event ->
            switch (events.leave(handle, id, account.id())) {
              case LEFT ->
                  new Reply(say(account, "events.left", event), List.of(page(account, event)));
              case NONE -> Reply.of(say(account, "events.left.none", event));
              case OVER -> Reply.of(say(account, "events.left.over", event));
            });
  }

  private String line(Account account, Event event) {
    return say(account, "events.line", event);
  }

  private String say(Account account, String key, Event event) {
    return texts.say(
        account.language(),
        key,
        Map.of(
            "title", event.title(),
            "when", event.when(account.language(), clock.instant()),
            "city", event.city(),
            "place", event.place()));
  }

  private InlineKeyboardButton page(Account account, Event event) {
    return EventNotices.page(texts, account.language(), baseUrl, event);
  }

  private InlineKeyboardButton pressed(Account account, String key, Button button) {
    return new InlineKeyboardButton(texts.say(account.language(), key)).callbackData(button.data());
  }

  private InlineKeyboardButton leaveButton(Account account, Event event) {
    var text = texts.say(account.language(), "events.leave", Map.of("title", event.title()));
    return new InlineKeyboardButton(text).callbackData(new Button.AskLeave(event.id()).data());
  }

  private InlineKeyboardButton newsButton(Account account, Membership membership) {
    var key = membership.news() ? "news.stop.of" : "news.start.of";
    var name = Map.of("org", membership.organization().name());
    var button = new Button.WantNews(membership.organization().id(), !membership.news());
    return new InlineKeyboardButton(texts.say(account.language(), key, name))
        .callbackData(button.data());
  }
}
