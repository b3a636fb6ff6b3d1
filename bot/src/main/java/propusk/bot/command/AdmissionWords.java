package propusk.bot.command;

import com.pengrad.telegrambot.model.request.InlineKeyboardButton;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import propusk.domain.account.Account;
import propusk.domain.event.Admission;
import propusk.domain.event.Admissions;
import propusk.domain.event.Event;
import propusk.domain.event.RegisterOutcome;
import propusk.domain.magic.MagicLinks;
import propusk.domain.signin.SignIn;

/// What a yes on an event's page brings, in words: a place, or why there is none, and a link for a
/// browser that lost its page.
final class AdmissionWords {
  private final Admissions admissions;
  private final Texts texts;
  private final InstantSource clock;
  private final String baseUrl;

  AdmissionWords(Admissions admissions, Texts texts, InstantSource clock, String baseUrl) {
    this.admissions = admissions;
    this.texts = texts;
    this.clock = clock;
    this.baseUrl = baseUrl;
  }

  Reply admit(Handle handle, Account account, SignIn signIn) {
    var admission = admissions.admit(handle, signIn, account.id());
    var happened =
        admission
            .event()
            .map(event -> happened(account, event, admission.place().orElseThrow()))
            .orElseGet(() -> texts.say(account.language(), "sign_in.approved"));
    var text =
        admission
            .linkUrl(baseUrl)
            .map(link -> happened + "\n\n" + link(account, link))
            .orElse(happened);
    return new Reply(text, news(account, admission));
  }

  private String happened(Account account, Event event, RegisterOutcome place) {
    var language = account.language();
    var values = new HashMap<String, Object>();
    values.put("title", event.title());
    values.put("when", event.when(language, clock.instant()));
    values.put("city", event.city());
    values.put("place", event.place());
    var key =
        switch (place) {
          case REGISTERED, ALREADY -> "event.in";
          case FULL -> "event.full";
          case PAST -> "event.past";
          case CANCELLED -> "event.off";
        };
    return texts.say(language, key, values);
  }

  private String link(Account account, String url) {
    return texts.say(
        account.language(),
        "event.link",
        Map.of("link", url, "minutes", (int) MagicLinks.LIFE.toMinutes()));
  }

  private List<InlineKeyboardButton> news(Account account, Admission admission) {
    return admission
        .event()
        .filter(_ -> admission.place().filter(RegisterOutcome::in).isPresent())
        .map(Event::organization)
        .map(organization ->
            new InlineKeyboardButton(
                    texts.say(
                        account.language(), "news.start.of", Map.of("org", organization.name())))
                .callbackData(new Button.WantNews(organization.id(), true).data()))
        .map(List::of)
        .orElse(List.of());
  }
}
