package propusk.bot.command;

import com.pengrad.telegrambot.model.request.InlineKeyboardButton;
import com.pengrad.telegrambot.request.BaseRequest;
import com.pengrad.telegrambot.response.BaseResponse;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import propusk.bot.sending.QuestionText;
import propusk.domain.account.Accounts;
import propusk.domain.account.Language;
import propusk.domain.device.DeviceId;
import propusk.domain.device.TrustedDevices;
import propusk.domain.signin.SignIn;
import propusk.domain.signin.SignInId;
import propusk.domain.signin.SignInState.Waiting;
import propusk.domain.signin.SignIns;

/// The question whether a browser may enter: what it is, where and when, three numbers of which its
/// page shows one, and a no.
public final class SignInQuestions implements QuestionText {
  private final SignIns signIns;
  private final TrustedDevices devices;
  private final Accounts accounts;
  private final Texts texts;
  private final InstantSource clock;
  private final String host;

  /// @param baseUrl where our pages are
  public SignInQuestions(
      SignIns signIns,
      TrustedDevices devices,
      Accounts accounts,
      Texts texts,
      InstantSource clock,
      String baseUrl) {
    this.signIns = signIns;
    this.devices = devices;
    this.accounts = accounts;
    this.texts = texts;
    this.clock = clock;
    this.host = URI.create(baseUrl).getAuthority();
  }

  @Override
  public Optional<BaseRequest<?, ? extends BaseResponse>> signInAsked(
      Handle handle, String signInId, long chatId) {
    var signIn = signIns.find(handle, new SignInId(signInId)).filter(this::waits);
    return signIn
        .flatMap(it -> it.state().account())
        .map(id -> accounts.get(handle, id).language())
        .map(language -> ask(language, signIn.orElseThrow()).to(chatId));
  }

  @Override
  public Optional<BaseRequest<?, ? extends BaseResponse>> deviceStolen(
      Handle handle, String deviceId, long chatId) {
    return devices
        .find(handle, new DeviceId(deviceId))
        .map(device -> {
          var language = accounts.get(handle, device.account()).language();
          return Reply.of(texts.say(language, "device.stolen", Texts.browser(device.browser())))
              .to(chatId);
        });
  }

  Reply ask(Language language, SignIn signIn) {
    var buttons = new ArrayList<InlineKeyboardButton>();
    for (int choice : signIn.choices()) {
      var pick = new Button.PickNumber(signIn.id(), choice);
      buttons.add(new InlineKeyboardButton(Integer.toString(choice)).callbackData(pick.data()));
    }
    var deny = new Button.DenySignIn(signIn.id());
    buttons.add(
        new InlineKeyboardButton(texts.say(language, "sign_in.deny")).callbackData(deny.data()));
    return new Reply(text(language, signIn), buttons, signIn.choices().size());
  }

  private String text(Language language, SignIn signIn) {
    var values = new HashMap<String, Object>(Texts.browser(signIn.browser()));
    values.put("host", signIn.origin().map(it -> URI.create(it).getAuthority()).orElse(host));
    values.put("at", Texts.moment(language, signIn.createdAt(), clock.instant()));
    return texts.say(language, "sign_in.ask", values);
  }

  private boolean waits(SignIn signIn) {
    return signIn.state() instanceof Waiting && signIn.deadline().isAfter(clock.instant());
  }
}
