package propusk.bot.command;

import com.pengrad.telegrambot.model.request.KeyboardButton;
import com.pengrad.telegrambot.model.request.ReplyKeyboardMarkup;
import com.pengrad.telegrambot.model.request.ReplyKeyboardRemove;
import com.pengrad.telegrambot.request.BaseRequest;
import com.pengrad.telegrambot.response.BaseResponse;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import propusk.bot.sending.RegistrationText;
import propusk.bot.update.Incoming;
import propusk.domain.account.Account;
import propusk.domain.account.PhoneNumber;
import propusk.domain.outbox.Chat;
import propusk.domain.registration.ContactOutcome;
import propusk.domain.registration.OpenOutcome;
import propusk.domain.registration.Registration;
import propusk.domain.registration.RegistrationId;
import propusk.domain.registration.Registrations;

/// A person who registers on the website: `/start tg_…` asks for their contact, their own contact
/// is answered with a code to type there. Somebody else's or a forwarded one counts for nothing.
public final class RegisterCommand implements RegistrationText {
  private final Registrations registrations;
  private final Texts texts;
  private final InstantSource clock;
  private final String host;

  /// @param baseUrl where our pages are
  public RegisterCommand(
      Registrations registrations, Texts texts, InstantSource clock, String baseUrl) {
    this.registrations = registrations;
    this.texts = texts;
    this.clock = clock;
    this.host = URI.create(baseUrl).getAuthority();
  }

  /// Empty: the argument leads to no registration.
  Optional<Reply> start(Handle handle, Account account, Chat chat, String argument) {
    return RegistrationId.parse(argument)
        .map(id -> registrations.open(handle, id, account.id(), chat))
        .map(outcome ->
            switch (outcome) {
              case OpenOutcome.Asked(var registration) -> ask(account, registration);
              case OpenOutcome.Received() -> say(account, "register.waits_for_code");
              case OpenOutcome.Taken() -> say(account, "register.taken");
              case OpenOutcome.Gone() -> say(account, "register.gone");
            });
  }

  /// Empty: nobody asked this person for a contact.
  Optional<Reply> contact(Handle handle, Account account, Incoming.SharedContact shared) {
    var phone = PhoneNumber.ofContact(shared.phone());
    if (!shared.own() || phone.isEmpty()) {
      return registrations.waitsForContact(handle, account.id())
          ? Optional.of(withKey(account, say(account, "register.foreign")))
          : Optional.empty();
    }
    return switch (registrations.contact(handle, account, phone.get())) {
      case ContactOutcome.Received _ ->
          Optional.of(say(account, "register.received").below(new ReplyKeyboardRemove()));
      case ContactOutcome.NotAsked() -> Optional.empty();
      case ContactOutcome.Closed(var until) -> {
        var minutes = Texts.minutes(Duration.between(clock.instant(), until));
        yield Optional.of(
            Reply.of(
                texts.say(account.language(), "register.too_many", Map.of("minutes", minutes))));
      }
    };
  }

  @Override
  public Optional<BaseRequest<?, ? extends BaseResponse>> registrationCode(
      Handle handle, String registrationId, long chatId) {
    var id = new RegistrationId(registrationId);
    return registrations
        .account(handle, id)
        .flatMap(account ->
            registrations
                .newCode(handle, id)
                .map(code -> {
                  var spaced = code.value().substring(0, 3) + " " + code.value().substring(3);
                  var values =
                      Map.of(
                          "host", host,
                          "code", spaced,
                          "minutes", (int) Registrations.LIFE.toMinutes());
                  return Reply.of(texts.say(account.language(), "register.code", values))
                      .to(chatId);
                }));
  }

  private Reply ask(Account account, Registration registration) {
    var values = new HashMap<String, Object>(Texts.browser(registration.browser()));
    values.put("host", host);
    values.put("name", registration.name());
    values.put("at", Texts.moment(account.language(), registration.createdAt(), clock.instant()));
    return withKey(account, Reply.of(texts.say(account.language(), "register.ask", values)));
  }

  /// The key below the input field that sends the person's own contact.
  private Reply withKey(Account account, Reply reply) {
    var key = new KeyboardButton(texts.say(account.language(), "register.share"));
    return reply.below(
        new ReplyKeyboardMarkup(key.requestContact(true))
            .resizeKeyboard(true)
            .oneTimeKeyboard(true));
  }

  private Reply say(Account account, String key) {
    return Reply.of(texts.say(account.language(), key));
  }
}
