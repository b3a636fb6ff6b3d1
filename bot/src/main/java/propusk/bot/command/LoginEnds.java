package propusk.bot.command;

import com.pengrad.telegrambot.request.BaseRequest;
import com.pengrad.telegrambot.response.BaseResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import propusk.bot.sending.LoginEndedText;
import propusk.domain.account.Accounts;
import propusk.domain.account.Language;
import propusk.domain.account.TelegramUserId;
import propusk.domain.login.Failure;
import propusk.domain.login.Login;
import propusk.domain.login.LoginId;
import propusk.domain.login.LoginState;
import propusk.domain.login.LoginState.CancelledBy;
import propusk.domain.login.Logins;
import propusk.domain.login.Purpose;
import propusk.domain.plan.Plan;

/// What the chat is told when a login ends: what happened, what was saved from harm, what to do.
public final class LoginEnds implements LoginEndedText {
  private final Logins logins;
  private final Accounts accounts;
  private final Texts texts;
  private final InstantSource clock;

  public LoginEnds(Logins logins, Accounts accounts, Texts texts, InstantSource clock) {
    this.logins = logins;
    this.accounts = accounts;
    this.texts = texts;
    this.clock = clock;
  }

  @Override
  public Optional<BaseRequest<?, ? extends BaseResponse>> find(
      Handle handle, String loginId, long chatId) {
    return LoginId.parse(loginId)
        .flatMap(id -> logins.find(handle, id))
        .flatMap(login ->
            login.chat().filter(chat -> chat.chatId() == chatId).isPresent()
                ? text(login)
                : toScanner(handle, chatId))
        .map(text -> Reply.of(text).to(chatId));
  }

  @Override
  public Optional<BaseRequest<?, ? extends BaseResponse>> mayGoOn(
      Handle handle, String loginId, long chatId) {
    return LoginId.parse(loginId)
        .flatMap(id -> logins.find(handle, id))
        .filter(login -> !logins.askedAgain(handle, login))
        .map(this::mayGoOn)
        .map(text -> Reply.of(text).to(chatId));
  }

  String mayGoOn(Login login) {
    return texts.say(login.language(), "end.may_go_on")
        + "\n\n"
        + again(login, login.language(), inviteKept(login));
  }

  /// Who scanned somebody else's code hears that nothing came of it, and not whose it was.
  private Optional<String> toScanner(Handle handle, long chatId) {
    return accounts
        .find(handle, new TelegramUserId(chatId))
        .map(scanner -> texts.say(scanner.language(), "end.scanned_by_mistake"));
  }

  /// Nothing while it lives, and nothing where the answer to a newer `/login` has said it.
  Optional<String> text(Login login) {
    var language = login.language();
    return switch (login.state()) {
      case LoginState.Requested(),
          LoginState.Preparing(),
          LoginState.AwaitingScan(_, _),
          LoginState.AwaitingPassword(_, _),
          LoginState.AwaitingCode(_, _, _),
          LoginState.Finalizing() ->
          Optional.empty();
      case LoginState.Completed() -> Optional.of(completed(login));
      case LoginState.Cancelled(var by) ->
          switch (by) {
            case CancelledBy.PERSON ->
                Optional.of(withAdvice(login, texts.say(language, "end.cancelled"), true));
            case CancelledBy.NEWER_LOGIN -> Optional.empty();
          };
      case LoginState.Expired() ->
          Optional.of(withAdvice(login, texts.say(language, "end.expired"), true));
      case LoginState.Failed failed -> Optional.of(failed(login, failed));
    };
  }

  private String completed(Login login) {
    var language = login.language();
    return login.purpose() instanceof Purpose.FirstLogin
        ? texts.say(
            language, "end.completed", Map.of("plan", login.plan().map(Plan::name).orElse("")))
        : texts.say(language, "end.renewed");
  }

  private String failed(Login login, LoginState.Failed failed) {
    var language = login.language();
    var key = "end." + failed.reason().code();
    return switch (failed.reason()) {
      case WRONG_ACCOUNT ->
          withAdvice(login, texts.say(language, key, Map.of("whose", whose(login))), true);
      case FLOOD_WAIT -> withAdvice(login, texts.say(language, key, wait(failed)), true);
      case HOST_LOST -> texts.say(language, key) + "\n\n" + again(login, language, true);
      case INVITE_LOST, API_REJECTED, PHONE_BANNED, PHONE_UNKNOWN, PASSWORD_PAGES_OFF ->
          withAdvice(login, texts.say(language, key), false);
      case WRONG_PASSWORD,
          PASSWORD_FLOOD,
          EXTRA_STEP,
          WRONG_CODE,
          CODE_EXPIRED,
          PHONE_INVALID,
          PHONE_FLOOD,
          TELEGRAM_SILENT,
          BUSY,
          RUN_BROKEN ->
          withAdvice(login, texts.say(language, key), true);
    };
  }

  private String withAdvice(Login login, String happened, boolean mayRepeat) {
    var language = login.language();
    List<String> ticks = new ArrayList<>();
    ticks.add(texts.say(language, "end.nothing_kept"));
    if (inviteKept(login)) {
      ticks.add(texts.say(language, "end.invite_kept"));
    }
    var text = happened + "\n\n" + String.join("\n", ticks);
    return mayRepeat ? text + "\n\n" + again(login, language, inviteKept(login)) : text;
  }

  private String again(Login login, Language language, boolean inviteKept) {
    return texts.say(
        language,
        inviteKept && login.purpose() instanceof Purpose.FirstLogin
            ? "end.again_with_invite"
            : "end.again");
  }

  private static boolean inviteKept(Login login) {
    return login.purpose() instanceof Purpose.FirstLogin
        && !(login.state() instanceof LoginState.Failed(var reason, _)
            && reason == Failure.INVITE_LOST);
  }

  private Map<String, Integer> wait(LoginState.Failed failed) {
    var until = failed.retryAt().orElse(clock.instant());
    return Map.of("minutes", Texts.minutes(Duration.between(clock.instant(), until)));
  }

  private static String whose(Login login) {
    return login
        .account()
        .map(account -> account.username().map(name -> "@" + name).orElse(account.fullName()))
        .orElse("");
  }
}
