package propusk.sandbox.botapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.pengrad.telegrambot.TelegramBot;
import com.pengrad.telegrambot.model.BotCommand;
import com.pengrad.telegrambot.model.WebAppInfo;
import com.pengrad.telegrambot.model.request.InlineKeyboardButton;
import com.pengrad.telegrambot.model.request.InlineKeyboardMarkup;
import com.pengrad.telegrambot.model.request.KeyboardButton;
import com.pengrad.telegrambot.model.request.ParseMode;
import com.pengrad.telegrambot.model.request.ReplyKeyboardMarkup;
import com.pengrad.telegrambot.request.AnswerCallbackQuery;
import com.pengrad.telegrambot.request.Close;
import com.pengrad.telegrambot.request.DeleteMessage;
import com.pengrad.telegrambot.request.EditMessageText;
import com.pengrad.telegrambot.request.GetMe;
import com.pengrad.telegrambot.request.GetUpdates;
import com.pengrad.telegrambot.request.SendMessage;
import com.pengrad.telegrambot.request.SetMyCommands;
import com.pengrad.telegrambot.response.BaseResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import propusk.sandbox.SandboxFixture;
import propusk.sandbox.person.SandboxPerson;

/// The Bot API as the unmodified client sees it: Telegram's rules and its words of refusal.
final class BotApiClientTest {
  @TempDir Path directory;
  private SandboxFixture fixture;
  private TelegramBot bot;
  private SandboxPerson ilya;

  @BeforeEach
  void start() {
    fixture = SandboxFixture.start(directory);
    bot = fixture.bot();
    ilya = fixture.client().newPerson("Илья", "ilya_kozlov");
  }

  @AfterEach
  void stop() {
    bot.shutdown();
    fixture.close();
  }

  @Test
  void tellsTheBotWhoItIs() {
    var me = bot.execute(new GetMe()).user();
    assertEquals(7000000001L, me.id());
    assertEquals("propusk_bot", me.username());
    assertTrue(me.isBot());
  }

  @Test
  void deliversWhatAPersonWritesUntilItIsConfirmed() {
    ilya.send("/login 3HBP4Z3ECICZ");
    var updates = bot.execute(new GetUpdates()).updates();
    assertEquals(1, updates.size());
    var message = updates.getFirst().message();
    assertEquals("/login 3HBP4Z3ECICZ", message.text());
    assertEquals(ilya.id(), message.from().id());
    assertEquals("ru", message.from().languageCode());
    assertEquals("bot_command", message.entities()[0].type().name());
    assertEquals(1, bot.execute(new GetUpdates()).updates().size());
    var next = updates.getFirst().updateId() + 1;
    assertEquals(0, bot.execute(new GetUpdates().offset(next)).updates().size());
    assertEquals(0, bot.execute(new GetUpdates()).updates().size());
  }

  @Test
  void holdsAPollUntilSomethingComes() {
    var answer =
        CompletableFuture.supplyAsync(() -> bot.execute(new GetUpdates().timeout(30)).updates());
    ilya.send("/start");
    assertEquals(
        "/start",
        answer
            .orTimeout(10, java.util.concurrent.TimeUnit.SECONDS)
            .join()
            .getFirst()
            .message()
            .text());
  }

  @Test
  void endsTheOlderOfTwoPollers() {
    var older = CompletableFuture.supplyAsync(() -> bot.execute(new GetUpdates().timeout(50)));
    while (!older.isDone()) {
      bot.execute(new GetUpdates());
    }
    assertEquals(409, older.join().errorCode());
    assertTrue(older.join().description().startsWith("Conflict: terminated by other getUpdates"));
  }

  @Test
  void deliversOnlyKindsThatWereAskedFor() {
    bot.execute(new GetUpdates().allowedUpdates("callback_query"));
    ilya.send("/start");
    assertEquals(0, bot.execute(new GetUpdates()).updates().size());
    bot.execute(new GetUpdates().allowedUpdates("message"));
    ilya.send("/start");
    assertEquals(1, bot.execute(new GetUpdates()).updates().size());
  }

  @Test
  void writesOnlyWhereAPersonWroteFirst() {
    refused(400, "Bad Request: chat not found", new SendMessage(ilya.id(), "hello"));
    refused(400, "Bad Request: chat not found", new SendMessage(1L, "hello"));
    ilya.send("/start");
    var sent = bot.execute(new SendMessage(ilya.id(), "hello"));
    assertTrue(sent.isOk());
    assertEquals(2, sent.message().messageId());
    assertEquals("hello", ilya.awaitMessage("hello").text());
  }

  @Test
  void refusesTextsThatTelegramRefuses() {
    ilya.send("/start");
    refused(400, "Bad Request: message text is empty", new SendMessage(ilya.id(), "  \n"));
    refused(400, "Bad Request: message is too long", new SendMessage(ilya.id(), "я".repeat(4097)));
    refused(
        400,
        "Bad Request: can't parse entities: Unsupported start tag \"h1\" at byte offset 0",
        new SendMessage(ilya.id(), "<h1>a</h1>").parseMode(ParseMode.HTML));
    assertTrue(bot.execute(new SendMessage(ilya.id(), "я".repeat(4096))).isOk());
  }

  @Test
  void keepsBoldAndLinksOfHtml() {
    ilya.send("/start");
    var html = "Подписка: <b>Premium &amp; more</b>, /subscription";
    var sent = bot.execute(new SendMessage(ilya.id(), html).parseMode(ParseMode.HTML)).message();
    assertEquals("Подписка: Premium & more, /subscription", sent.text());
    assertEquals("bold", sent.entities()[0].type().name());
    assertEquals(14, sent.entities()[0].length());
    assertEquals("bot_command", sent.entities()[1].type().name());
  }

  @Test
  void editsAndDeletes() {
    ilya.send("/start");
    var id = bot.execute(new SendMessage(ilya.id(), "one")).message().messageId();
    assertEquals("two", edit(id, "two").text());
    refused(
        400,
        "Bad Request: message is not modified: specified new message content and reply markup are"
            + " exactly the same as a current content and reply markup of the message",
        new EditMessageText(ilya.id(), id, "two"));
    refused(
        400,
        "Bad Request: message can't be edited",
        new EditMessageText(ilya.id(), 1, "of the person"));
    assertTrue(bot.execute(new DeleteMessage(ilya.id(), id)).isOk());
    refused(
        400, "Bad Request: message to edit not found", new EditMessageText(ilya.id(), id, "three"));
    refused(400, "Bad Request: message to delete not found", new DeleteMessage(ilya.id(), id));
  }

  private com.pengrad.telegrambot.model.Message edit(int id, String text) {
    var response = bot.execute(new EditMessageText(ilya.id(), id, text));
    return ((com.pengrad.telegrambot.response.SendResponse) response).message();
  }

  @Test
  void answersPressedButtonsOnce() {
    ilya.send("/start");
    var keyboard =
        new InlineKeyboardMarkup(
            new InlineKeyboardButton("12").callbackData("pick:12"),
            new InlineKeyboardButton("Сайт").url("https://propusk.example"));
    bot.execute(new SendMessage(ilya.id(), "pick").replyMarkup(keyboard));
    var message = ilya.awaitMessage("pick");
    assertTrue(ilya.tap(message, "12").isEmpty());
    assertEquals("https://propusk.example", ilya.tap(message, "Сайт").orElseThrow());
    var updates = bot.execute(new GetUpdates()).updates();
    var query = updates.getLast().callbackQuery();
    assertEquals("pick:12", query.data());
    assertTrue(bot.execute(new AnswerCallbackQuery(query.id()).text("ok")).isOk());
    refused(
        400,
        "Bad Request: query is too old and response timeout expired or query ID is invalid",
        new AnswerCallbackQuery(query.id()));
  }

  @Test
  void refusesButtonsThatTelegramRefuses() {
    ilya.send("/start");
    refused(400, "Bad Request: BUTTON_DATA_INVALID", with(button().callbackData("x".repeat(65))));
    refused(
        400,
        "Bad Request: inline keyboard button Web App URL 'http://propusk.example/' is invalid:"
            + " Only HTTPS links are allowed",
        with(button().webApp(new WebAppInfo("http://propusk.example/"))));
    refused(
        400,
        "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline"
            + " keyboard",
        with(button()));
    var loopback = new WebAppInfo("http://localhost:8080/qr-auth?session_id=x");
    assertTrue(bot.execute(with(button().webApp(loopback))).isOk());
  }

  private static InlineKeyboardButton button() {
    return new InlineKeyboardButton("b");
  }

  private SendMessage with(InlineKeyboardButton button) {
    return new SendMessage(ilya.id(), "t").replyMarkup(new InlineKeyboardMarkup(button));
  }

  @Test
  void asksForTheContactByAReplyKeyboard() {
    ilya.send("/start");
    var keyboard =
        new ReplyKeyboardMarkup(new KeyboardButton("📱 Поделиться контактом").requestContact(true));
    bot.execute(new SendMessage(ilya.id(), "contact?").replyMarkup(keyboard));
    ilya.tap(ilya.awaitMessage("contact?"), "Поделиться");
    var contact = bot.execute(new GetUpdates()).updates().getLast().message().contact();
    assertEquals(ilya.id(), contact.userId());
    assertEquals("Илья", contact.firstName());
  }

  @Test
  void showsThePersonTheirListOfCommands() {
    bot.execute(new SetMyCommands(new BotCommand("help", "Help")));
    bot.execute(new SetMyCommands(new BotCommand("login", "Войти")).languageCode("ru"));
    var chats = fixture.client().get("/sandbox/users/" + ilya.id() + "/chats");
    assertEquals("login", chats.path(0).path("commands").path(0).path("command").asString());
    refused(
        400,
        "Bad Request: BOT_COMMAND_INVALID",
        new SetMyCommands(new BotCommand("Log In", "Войти")));
  }

  @Test
  void tellsABotThatItWasBlockedAndRefusesItsMessages() {
    ilya.send("/start");
    ilya.block();
    var update = bot.execute(new GetUpdates()).updates().getLast();
    assertEquals("kicked", update.myChatMember().newChatMember().status().name());
    refused(
        403, "Forbidden: bot was blocked by the user", new SendMessage(ilya.id(), "still there?"));
    ilya.send("back");
    assertTrue(bot.execute(new SendMessage(ilya.id(), "welcome")).isOk());
  }

  @Test
  void slowsDownABotThatSendsTooFast() {
    ilya.send("/start");
    BaseResponse last = bot.execute(new SendMessage(ilya.id(), "1"));
    for (var i = 2; i < 20 && last.isOk(); i++) {
      last = bot.execute(new SendMessage(ilya.id(), Integer.toString(i)));
    }
    assertEquals(429, last.errorCode());
    assertEquals(1, last.parameters().retryAfter());
    assertEquals("Too Many Requests: retry after 1", last.description());
    fixture.client().faults(Map.of("bot_api_limits", false));
    for (var i = 0; i < 20; i++) {
      assertTrue(bot.execute(new SendMessage(ilya.id(), "fast " + i)).isOk());
    }
  }

  @Test
  void failsAsOftenAsItWasTold() {
    ilya.send("/start");
    var fault = Map.of("method", "sendMessage", "code", 429, "retry_after", 7, "times", 1);
    fixture.client().faults(Map.of("methods", List.of(fault)));
    var refused = bot.execute(new SendMessage(ilya.id(), "a"));
    assertEquals(7, refused.parameters().retryAfter());
    assertTrue(bot.execute(new SendMessage(ilya.id(), "a")).isOk());
    var calls = fixture.client().get("/sandbox/calls").toString();
    assertTrue(calls.contains("429 Too Many Requests: retry after 7"), calls);
  }

  @Test
  void losesAnAnswerButNotTheMessageWhenTheConnectionIsCut() {
    ilya.send("/start");
    var fault = Map.of("method", "sendMessage", "drop", true, "times", 1);
    fixture.client().faults(Map.of("methods", List.of(fault)));
    assertThrows(
        RuntimeException.class, () -> bot.execute(new SendMessage(ilya.id(), "into the dark")));
    assertEquals("into the dark", ilya.awaitMessage("into the dark").text());
    assertTrue(bot.execute(new SendMessage(ilya.id(), "again")).isOk());
  }

  @Test
  void refusesStrangersAndSaysWhatItDoesNotHave() {
    var stranger = fixture.bot("7000000009:AAnobodyHasThisTokenInTheSandbox00");
    var answer = stranger.execute(new GetMe());
    assertEquals(401, answer.errorCode());
    assertEquals("Unauthorized", answer.description());
    stranger.shutdown();
    var missing = bot.execute(new Close());
    assertFalse(missing.isOk());
    assertEquals(404, missing.errorCode());
    assertTrue(missing.description().contains("not implemented by the sandbox"));
  }

  private void refused(
      int code, String words, com.pengrad.telegrambot.request.BaseRequest<?, ?> request) {
    var response = bot.execute(request);
    assertFalse(response.isOk());
    assertEquals(words, response.description());
    assertEquals(code, response.errorCode());
  }
}
