package propusk.bot.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import propusk.domain.account.Account;
import propusk.domain.account.AccountId;
import propusk.domain.account.Accounts;
import propusk.domain.account.Language;
import propusk.domain.account.TelegramUserId;
import propusk.domain.invite.InviteId;
import propusk.domain.invite.Invites;
import propusk.domain.login.Failure;
import propusk.domain.login.Login;
import propusk.domain.login.LoginChat;
import propusk.domain.login.LoginId;
import propusk.domain.login.LoginState;
import propusk.domain.login.LoginState.CancelledBy;
import propusk.domain.login.Logins;
import propusk.domain.login.Purpose;
import propusk.domain.outbox.Outbox;
import propusk.domain.plan.Plan;
import propusk.domain.plan.Plans;
import propusk.domain.seal.Sealer;
import propusk.domain.seal.Tokens;
import propusk.domain.subscription.Subscriptions;

class LoginEndsTest {
  private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
  private static final Purpose INVITED = new Purpose.FirstLogin(new InviteId(1));
  private static final Purpose AGAIN = new Purpose.ReLogin();

  private final LoginEnds ends = new LoginEnds(logins(), new Accounts(), new Texts(), () -> NOW);

  @Test
  void aLiveLoginAndOneReplacedByANewerLoginSayNothing() {
    var silent =
        List.of(
            new LoginState.Requested(),
            new LoginState.Preparing(),
            new LoginState.AwaitingScan(1, NOW),
            new LoginState.AwaitingPassword(Optional.empty(), 3),
            new LoginState.AwaitingCode("telegram", 5, 3),
            new LoginState.Finalizing(),
            new LoginState.Cancelled(CancelledBy.NEWER_LOGIN));
    for (var state : silent) {
      assertTrue(ends.text(login(Language.RU, INVITED, state)).isEmpty(), state.phase());
    }
  }

  @Test
  void everyOtherEndHasWordsOfItsOwnWithoutHolesInBothLanguages() {
    for (var language : Language.values()) {
      for (var purpose : List.of(INVITED, AGAIN)) {
        var said = new HashSet<String>();
        for (var state : everyEnd()) {
          var text = ends.text(login(language, purpose, state)).orElseThrow();
          assertFalse(text.contains("{"), text);
          assertTrue(said.add(text), "said twice: " + text);
        }
      }
    }
  }

  @Test
  void aWrongAccountNamesTheRightOneAndSaysTheInviteIsKept() {
    assertEquals(
        """
        ❌ Код отсканировал другой аккаунт

        Подключить можно только свой: @ilya_kozlov. Созданный сеанс завершён, данных не осталось.

        Переключитесь в Telegram на телефоне на @ilya_kozlov и отсканируйте код ещё раз.

        ✓ Ничего не подключено и не сохранено
        ✓ Приглашение не потрачено

        Начать заново: /login с тем же кодом\
        """,
        say(INVITED, failed(Failure.WRONG_ACCOUNT)));
  }

  @Test
  void successNamesThePlanAndARenewedSessionDoesNot() {
    assertTrue(say(INVITED, new LoginState.Completed()).contains("подписка Premium активна"));
    assertTrue(say(AGAIN, new LoginState.Completed()).contains("подписка прежняя"));
  }

  @Test
  void theInviteIsCalledKeptOnlyWhereItIs() {
    assertTrue(say(INVITED, new LoginState.Expired()).contains("Приглашение не потрачено"));
    assertFalse(say(AGAIN, new LoginState.Expired()).contains("Приглашение"));
    assertFalse(say(INVITED, failed(Failure.INVITE_LOST)).contains("не потрачено"));
  }

  @Test
  void aLostHostDoesNotClaimThatNothingIsLeft() {
    var text = say(INVITED, failed(Failure.HOST_LOST));
    assertFalse(text.contains("Ничего не подключено"));
    assertTrue(text.contains("«Propusk»"));
  }

  @Test
  void aFloodSaysHowLong() {
    var state = new LoginState.Failed(Failure.FLOOD_WAIT, Optional.of(NOW.plusSeconds(121)));
    assertTrue(say(INVITED, state).startsWith("⏳ Telegram просит подождать ещё 3 минуты"));
  }

  @Test
  void whenTheWaitIsOverItSaysHowToGoOn() {
    var state = new LoginState.Failed(Failure.FLOOD_WAIT, Optional.of(NOW));
    assertTrue(say(INVITED, state).contains("✓ Приглашение не потрачено"));
    assertEquals(
        "⏰ Telegram снова пускает\n\nНачать заново: /login с тем же кодом",
        ends.mayGoOn(login(Language.RU, INVITED, state)));
    assertEquals(
        "⏰ Telegram lets you in again\n\nStart again: /login",
        ends.mayGoOn(login(Language.EN, AGAIN, state)));
  }

  private String say(Purpose purpose, LoginState state) {
    return ends.text(login(Language.RU, purpose, state)).orElseThrow();
  }

  private static List<LoginState> everyEnd() {
    return Stream.concat(
            Stream.of(
                new LoginState.Completed(),
                new LoginState.Cancelled(CancelledBy.PERSON),
                new LoginState.Expired()),
            Stream.of(Failure.values()).map(LoginEndsTest::failed))
        .toList();
  }

  private static LoginState failed(Failure failure) {
    return new LoginState.Failed(failure, Optional.empty());
  }

  private static Login login(Language language, Purpose purpose, LoginState state) {
    var account =
        new Account(
            new AccountId(1),
            new TelegramUserId(42),
            "Илья",
            Optional.of("Козлов"),
            Optional.of("ilya_kozlov"),
            language);
    return new Login(
        new LoginId("AAAAAAAAAAAAAAAAAAAAAA"),
        Optional.of(account),
        purpose,
        Optional.of(new Plan("premium", "Premium", 50, 1000, 1000, true, Optional.empty())),
        state,
        1,
        NOW,
        NOW.plus(Duration.ofMinutes(5)),
        Optional.empty(),
        Optional.of(new LoginChat(1, 42)),
        language);
  }

  private static Logins logins() {
    var sealer = new Sealer(List.of(new byte[32]));
    var random = new SecureRandom();
    var plans = new Plans();
    return new Logins(
        new Logins.Parts(
            new Invites(plans, sealer, () -> NOW, random),
            new Subscriptions(plans),
            new Outbox(sealer, () -> NOW),
            sealer,
            () -> NOW,
            new Tokens(random),
            Logins.PAGE_LIFE));
  }
}
