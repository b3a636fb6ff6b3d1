package propusk.bot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import propusk.domain.outbox.OutboxMessage;
import propusk.domain.outbox.Priority;
import propusk.sandbox.person.SandboxPerson;
import propusk.sandbox.world.FaultPlan;
import propusk.sandbox.world.MethodFault;

class FaultStoryTest {
  private BotFixture bot;

  @BeforeEach
  void start() {
    bot = new BotFixture();
  }

  @AfterEach
  void stop() {
    bot.close();
  }

  @Test
  void aLostAnswerRepeatsTheMessageAndNeverTheLogin() {
    var ilya = bot.person("ru");
    faults(MethodFault.dropping("sendMessage").times(1));
    ilya.send("/login " + bot.invite("premium", 1).value());
    BotFixture.await("the message repeats", () -> fromBot(ilya) == 2);
    assertEquals(1, bot.count("SELECT count(*) FROM login"));
    assertEquals(1, bot.count("SELECT sum(reserved) FROM invite"));
    BotFixture.await("all is sent", () -> open() == 0);
  }

  @Test
  void aLostAnswerToThePollRepeatsTheUpdateAndNeverTheLogin() {
    var ilya = bot.person("ru");
    var code = bot.invite("premium", 1);
    faults(MethodFault.dropping("getUpdates").times(1));
    ilya.send("/login " + code.value());
    ilya.awaitMessage("Инвайт код принят");
    assertEquals(1, bot.count("SELECT count(*) FROM login"));
    assertEquals(1, bot.count("SELECT count(*) FROM inbox"));
  }

  @Test
  void whatHappenedWhileTheBotWasAwayIsAnsweredAfterwards() {
    var ilya = bot.person("ru");
    bot.stopBot();
    ilya.send("/login " + bot.invite("premium", 1).value());
    ilya.send("/help");
    bot.restartBot();
    ilya.awaitMessage("Что я умею");
    assertEquals(1, bot.count("SELECT count(*) FROM login"));
    assertEquals(2, fromBot(ilya));
  }

  @Test
  void aMessageOwedAtAStopIsSentAfterTheRestart() {
    var ilya = bot.person("ru");
    faults(MethodFault.failing("sendMessage", 500, "Internal Server Error"));
    ilya.send("/login " + bot.invite("premium", 1).value());
    BotFixture.await("the login", () -> bot.count("SELECT count(*) FROM login") == 1);
    BotFixture.await(
        "a failed try", () -> bot.count("SELECT coalesce(max(attempts), 0) FROM outbox") > 0);
    bot.stopBot();
    bot.sandbox.world().faults().clear();
    bot.restartBot();
    ilya.awaitMessage("Инвайт код принят");
    assertEquals(1, bot.count("SELECT count(*) FROM login"));
  }

  @Test
  void telegramsRetryAfterIsObeyed() {
    var ilya = bot.person("ru");
    faults(flood(2).times(1));
    ilya.send("/help");
    ilya.awaitMessage("Что я умею");
    BotFixture.await("both calls", () -> bot.sandbox.world().calls().count("sendMessage") >= 2);
    var sent =
        bot.sandbox.world().calls().list().stream()
            .filter(call -> call.method().equals("sendMessage"))
            .toList();
    assertEquals(2, sent.size(), "no call during the pause");
    var pause = Duration.between(sent.getFirst().at(), sent.getLast().at());
    assertTrue(pause.compareTo(Duration.ofMillis(1_900)) > 0, () -> "paused " + pause);
  }

  @Test
  void whileOneChatWaitsOthersAreServed() {
    var ilya = bot.person("ru");
    var ann = bot.person("en");
    faults(flood(30).times(1));
    ilya.send("/help");
    BotFixture.await(
        "the flood", () -> bot.count("SELECT count(*) FROM outbox WHERE error = 'flood'") == 1);
    ann.send("/help");
    ann.awaitMessage("What I can do");
    assertEquals(0, fromBot(ilya));
  }

  @Test
  void aBlockedChatGetsNothingMoreUntilThePersonWritesAgain() {
    var ilya = bot.person("ru");
    ilya.send("/help");
    ilya.awaitMessage("Что я умею");
    ilya.block();
    BotFixture.await(
        "the block is remembered", () -> bot.count("SELECT count(*) FROM blocked_chat") == 1);
    long calls = bot.sandbox.world().calls().count("sendMessage");
    bot.jdbi.useTransaction(handle -> bot.outbox.send(handle, message(ilya.id(), "news")));
    assertEquals(0, open());
    bot.client.post("/sandbox/users/" + ilya.id() + "/block", Map.of("bot", "", "blocked", false));
    ilya.send("/start");
    ilya.awaitMessage("Здравствуйте");
    assertEquals(calls + 1, bot.sandbox.world().calls().count("sendMessage"));
  }

  @Test
  void a403IsRememberedAndEndsTheChatsQueue() {
    var ilya = bot.person("ru");
    ilya.send("/start");
    ilya.awaitMessage("Здравствуйте");
    faults(
        MethodFault.failing("sendMessage", 403, "Forbidden: bot was blocked by the user").times(1));
    bot.jdbi.useTransaction(handle -> {
      bot.outbox.send(handle, message(ilya.id(), "one"));
      bot.outbox.send(handle, message(ilya.id(), "two"));
    });
    BotFixture.await("the queue has ended", () -> open() == 0);
    assertEquals(1, bot.count("SELECT count(*) FROM blocked_chat"));
    assertEquals(2, bot.count("SELECT count(*) FROM outbox WHERE state = 'dropped'"));
    assertEquals(0, bot.count("SELECT count(*) FROM outbox WHERE payload IS NOT NULL"));
  }

  @Test
  void aMessageTelegramRefusesIsPutAsideAndTheNextOneGoes() {
    var ilya = bot.person("ru");
    ilya.send("/start");
    ilya.awaitMessage("Здравствуйте");
    bot.jdbi.useTransaction(handle -> {
      bot.outbox.send(handle, message(ilya.id(), ""));
      bot.outbox.send(handle, message(ilya.id(), "after the empty one"));
    });
    ilya.awaitMessage("after the empty one");
    assertEquals(
        1,
        bot.count(
            "SELECT count(*) FROM outbox WHERE state = 'dead' AND error = 'status_400' AND payload IS NOT NULL"));
  }

  @Test
  void aButtonThatTelegramDoesNotTakeIsLeftOutAndTheMessageComes() {
    var ilya = bot.person("ru");
    faults(MethodFault.failing("sendMessage", 400, "Bad Request: BUTTON_URL_INVALID").times(1));
    ilya.send("/login " + bot.invite("premium", 1).value());
    var answer = ilya.awaitMessage("Инвайт код принят");
    assertEquals(
        List.of("🔐 Открыть QR авторизацию"),
        answer.buttons().stream().flatMap(List::stream).map(button -> button.text()).toList());
  }

  @Test
  void aBurstToOneChatArrivesInOrder() {
    var ilya = bot.person("ru");
    ilya.send("/start");
    ilya.awaitMessage("Здравствуйте");
    bot.jdbi.useTransaction(handle -> {
      for (int n = 1; n <= 6; n++) {
        bot.outbox.send(handle, message(ilya.id(), "message " + n));
      }
    });
    ilya.awaitMessage("message 6");
    var texts =
        ilya.messages().stream()
            .map(message -> message.text())
            .filter(text -> text.startsWith("message "))
            .toList();
    assertEquals(
        java.util.stream.IntStream.rangeClosed(1, 6).mapToObj(n -> "message " + n).toList(), texts);
    assertTrue(
        bot.sandbox.world().calls().list().stream().allMatch(call -> call.error().isEmpty()),
        "no 429 was ever earned");
  }

  @Test
  void theDatabasesRestartLosesNothing() {
    var ilya = bot.person("ru");
    ilya.send("/help");
    ilya.awaitMessage("Что я умею");
    bot.disconnectEveryone();
    ilya.send("/login " + bot.invite("premium", 1).value());
    ilya.awaitMessage("Инвайт код принят");
    assertEquals(1, bot.count("SELECT count(*) FROM login"));
  }

  private void faults(MethodFault... faults) {
    bot.sandbox.world().faults().set(FaultPlan.NONE.withMethods(faults));
  }

  private static MethodFault flood(int seconds) {
    return new MethodFault(
        "sendMessage",
        Optional.of(429),
        Optional.of("Too Many Requests: retry after " + seconds),
        Optional.of(seconds),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static OutboxMessage message(long chat, String text) {
    var request = new com.pengrad.telegrambot.request.SendMessage(chat, text);
    return new OutboxMessage(
        7_000_000_001L, chat, Priority.NOTICE, propusk.bot.api.RequestForm.write(request));
  }

  private long open() {
    return bot.count("SELECT count(*) FROM outbox WHERE state = 'open'");
  }

  private static long fromBot(SandboxPerson person) {
    return person.messages().stream().filter(message -> message.fromBot()).count();
  }
}
