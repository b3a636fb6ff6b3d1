package propusk.bot.command;

import com.pengrad.telegrambot.model.request.InlineKeyboardButton;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import propusk.domain.account.Account;
import propusk.domain.event.Event;
import propusk.domain.event.Events;
import propusk.domain.organization.Membership;
import propusk.domain.organization.Memberships;
import propusk.domain.organization.OrganizationId;

/// `/events`: where the person has a place, and whether they are told of new events: each
/// organization has its button.
final class EventsCommand {
  private static final int MOST = 10;

  private final Events events;
  private final Memberships memberships;
  private final Texts texts;
  private final InstantSource clock;

  EventsCommand(Events events, Memberships memberships, Texts texts, InstantSource clock) {
    this.events = events;
    this.memberships = memberships;
    this.texts = texts;
    this.clock = clock;
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
    return new Reply(
        String.join("\n\n", lines),
        belongs.stream().limit(MOST).map(each -> button(account, each)).toList());
  }

  /// Empty: the person does not belong there.
  Optional<Reply> wantNews(
      Handle handle, Account account, OrganizationId organization, boolean wanted) {
    return memberships.wantNews(handle, organization, account.id(), wanted)
        ? Optional.of(show(handle, account))
        : Optional.empty();
  }

  private String line(Account account, Event event) {
    return texts.say(
        account.language(),
        "events.line",
        Map.of(
            "title", event.title(),
            "when", event.when(account.language(), clock.instant()),
            "city", event.city(),
            "place", event.place()));
  }

  private InlineKeyboardButton button(Account account, Membership membership) {
    var key = membership.news() ? "news.stop.of" : "news.start.of";
    var name = Map.of("org", membership.organization().name());
    var button = new Button.WantNews(membership.organization().id(), !membership.news());
    return new InlineKeyboardButton(texts.say(account.language(), key, name))
        .callbackData(button.data());
  }
}
