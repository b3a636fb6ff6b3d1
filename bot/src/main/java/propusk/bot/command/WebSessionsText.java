package propusk.bot.command;

import com.pengrad.telegrambot.model.request.InlineKeyboardButton;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import propusk.domain.account.Account;
import propusk.domain.account.Language;
import propusk.domain.websession.WebSession;
import propusk.domain.websession.WebSessions;

/// The browsers that are signed in to the website, under what there is to say of the Telegram
/// session, and the way to the page where they can be ended.
final class WebSessionsText {
  private static final int NAMED = 5;

  private final WebSessions sessions;
  private final Texts texts;
  private final InstantSource clock;
  private final String page;

  WebSessionsText(WebSessions sessions, Texts texts, InstantSource clock, String baseUrl) {
    this.sessions = sessions;
    this.texts = texts;
    this.clock = clock;
    this.page = baseUrl + "/account/sessions";
  }

  /// The same reply with the browsers below; nobody being signed in, it stays as it is.
  Reply under(Handle handle, Account account, Reply reply) {
    var found = sessions.list(handle, account.id());
    if (found.isEmpty()) {
      return reply;
    }
    var language = account.language();
    var named =
        found.stream()
            .limit(NAMED)
            .map(session -> line(language, session))
            .collect(Collectors.joining("\n"));
    var values = Map.of("browsers", named, "more", Math.max(0, found.size() - NAMED));
    var buttons = new ArrayList<>(reply.buttons());
    buttons.add(new InlineKeyboardButton(texts.say(language, "website.button")).url(page));
    return new Reply(reply.text() + "\n\n" + texts.say(language, "website", values), buttons);
  }

  private String line(Language language, WebSession session) {
    var browser = session.browser();
    return texts.say(
        language,
        "website.browser",
        Map.of(
            "browser", browser.browser().orElseGet(() -> texts.say(language, "website.unknown")),
            "system", browser.system().orElse("none"),
            "at", Texts.moment(language, session.seenAt(), clock.instant())));
  }
}
