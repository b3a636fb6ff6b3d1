package propusk.bot.command;

import com.pengrad.telegrambot.model.WebAppInfo;
import com.pengrad.telegrambot.model.request.InlineKeyboardButton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import propusk.domain.account.Account;
import propusk.domain.invite.InviteCode;
import propusk.domain.limit.Limit;
import propusk.domain.limit.Limits;
import propusk.domain.login.Login;
import propusk.domain.login.LoginRequest;
import propusk.domain.login.Logins;
import propusk.domain.login.Purpose;
import propusk.domain.login.RequestOutcome;
import propusk.domain.plan.Plan;

/// `/login [INVITE]`: holds a use of the invite and answers with the button to the login's page.
/// Wrong codes are counted, so that nobody guesses.
final class LoginCommand {
  /// Telegram's own screen with the camera for codes, see [deep
  /// links](https://core.telegram.org/api/links). Where the Bot API takes no such button the
  /// message goes without it.
  private static final String DEVICES = "tg://settings/devices";

  private final Logins logins;
  private final Limits limits;
  private final Texts texts;
  private final InstantSource clock;
  private final String baseUrl;

  LoginCommand(Logins logins, Limits limits, Texts texts, InstantSource clock, String baseUrl) {
    this.logins = logins;
    this.limits = limits;
    this.texts = texts;
    this.clock = clock;
    this.baseUrl = baseUrl;
  }

  /// @param replacePlan the person has agreed that the code's plan replaces the one they have
  Reply answer(
      Handle handle,
      Account account,
      long botId,
      long chatId,
      String argument,
      boolean replacePlan) {
    if (argument.isEmpty()) {
      return request(handle, account, botId, chatId, Optional.empty(), false);
    }
    var code = InviteCode.parse(argument);
    if (code.isEmpty()) {
      return say(account, "login.unknown");
    }
    var person = Long.toString(account.telegramId().value());
    var closed = limits.closedUntil(handle, Limit.INVITE_GUESS_PER_PERSON, person);
    if (closed.isPresent()) {
      return say(account, "login.too_many", minutesUntil(closed.get()));
    }
    var closedForAll = limits.closedUntil(handle, Limit.INVITE_GUESS_GLOBAL, Limits.EVERYBODY);
    if (closedForAll.isPresent()) {
      return say(account, "login.closed", minutesUntil(closedForAll.get()));
    }
    return request(handle, account, botId, chatId, code, replacePlan);
  }

  private Reply request(
      Handle handle,
      Account account,
      long botId,
      long chatId,
      Optional<InviteCode> code,
      boolean replacePlan) {
    var outcome =
        logins.request(handle, new LoginRequest(account, code, replacePlan, botId, chatId));
    return switch (outcome) {
      case RequestOutcome.Granted(var login, var earlierEnded) ->
          granted(account, login, earlierEnded);
      case RequestOutcome.UnknownInvite() -> {
        limits.count(
            handle, Limit.INVITE_GUESS_PER_PERSON, Long.toString(account.telegramId().value()));
        limits.count(handle, Limit.INVITE_GUESS_GLOBAL, Limits.EVERYBODY);
        yield say(account, "login.unknown");
      }
      case RequestOutcome.ExpiredInvite(var at) ->
          say(
              account,
              "login.expired",
              Map.of("date", Texts.date(account.language(), at, clock.instant())));
      case RequestOutcome.WithdrawnInvite() -> say(account, "login.withdrawn");
      case RequestOutcome.UsedUpInvite() -> say(account, "login.used_up");
      case RequestOutcome.AlreadyRedeemed() -> say(account, "login.redeemed");
      case RequestOutcome.NeedsInvite() -> say(account, "login.needs_invite");
      case RequestOutcome.JustFinishing() -> say(account, "login.finishing");
      case RequestOutcome.ConfirmPlan(var current, var offered) ->
          confirm(account, code.orElseThrow(), current, offered);
    };
  }

  private Reply granted(Account account, Login login, boolean earlierEnded) {
    var values = new HashMap<String, Object>();
    values.put("minutes", Texts.minutes(Duration.between(clock.instant(), login.deadline())));
    login.plan().ifPresent(plan -> values.putAll(Texts.plan(plan)));
    var key = login.purpose() instanceof Purpose.FirstLogin ? "login.granted" : "login.again";
    var text = texts.say(account.language(), key, values);
    if (earlierEnded) {
      text += "\n\n" + texts.say(account.language(), "login.earlier_ended");
    }
    var page = new InlineKeyboardButton(texts.say(account.language(), "login.button"));
    var devices = new InlineKeyboardButton(texts.say(account.language(), "login.devices"));
    return new Reply(text, List.of(page.webApp(new WebAppInfo(page(login))), devices.url(DEVICES)));
  }

  private String page(Login login) {
    return baseUrl + "/qr-auth?session_id=" + login.id().value();
  }

  private Reply confirm(Account account, InviteCode code, Plan current, Plan offered) {
    var names = Map.of("current", current.name(), "offered", offered.name());
    return new Reply(
        texts.say(account.language(), "login.confirm", names),
        List.of(
            new InlineKeyboardButton(texts.say(account.language(), "login.confirm.replace", names))
                .callbackData(new Button.ReplacePlan(code).data()),
            new InlineKeyboardButton(texts.say(account.language(), "login.confirm.keep", names))
                .callbackData(new Button.KeepPlan().data())));
  }

  private Map<String, Integer> minutesUntil(Instant at) {
    return Map.of("minutes", Texts.minutes(Duration.between(clock.instant(), at)));
  }

  private Reply say(Account account, String key) {
    return say(account, key, Map.of());
  }

  private Reply say(Account account, String key, Map<String, ?> values) {
    return Reply.of(texts.say(account.language(), key, values));
  }
}
