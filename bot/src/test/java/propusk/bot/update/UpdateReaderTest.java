package propusk.bot.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import propusk.domain.account.Language;
import propusk.domain.account.TelegramUserId;

class UpdateReaderTest {
  private static final String PERSON =
      "{\"id\":42,\"is_bot\":false,\"first_name\":\"Илья\",\"username\":\"ilya\",\"language_code\":\"ru\"}";
  private static final String PRIVATE = "{\"id\":42,\"type\":\"private\",\"first_name\":\"Илья\"}";
  private static final String GROUP = "{\"id\":-100,\"type\":\"supergroup\",\"title\":\"G\"}";

  @ParameterizedTest
  @CsvSource({
    "/start, start, ''",
    "/start auth_abc, start, auth_abc",
    "/LOGIN  3HBP4Z3ECICZ , login, 3HBP4Z3ECICZ",
    "/login@Propusk_Bot X Y, login, X Y",
    "' /help', help, ''",
    "/no_such_1, no_such_1, ''",
  })
  void aCommandIsItsNameAndWhatFollows(String text, String name, String argument) {
    var command = assertInstanceOf(Incoming.Command.class, privately(text));
    assertEquals(name, command.name());
    assertEquals(argument, command.argument());
    assertEquals(42, command.chatId());
    assertEquals(new TelegramUserId(42), command.person().id());
    assertEquals(Optional.of(Language.RU), command.person().language());
  }

  @Test
  void aCommandsArgumentMayStandOnTheNextLine() {
    var command = assertInstanceOf(Incoming.Command.class, privately("/login\\nABC"));
    assertEquals("ABC", command.argument());
  }

  @ParameterizedTest
  @ValueSource(strings = {"привет", "/", "/привет", "/login-now", "", "see /help", "/ help"})
  void otherTextInAPrivateChatIsChatter(String text) {
    assertInstanceOf(Incoming.Chatter.class, privately(text));
  }

  @Test
  void whatIsNoTextIsChatterToo() {
    assertInstanceOf(
        Incoming.Chatter.class,
        read(
            "\"message\":{\"message_id\":1,\"date\":1,\"from\":%s,\"chat\":%s,\"photo\":[],\"caption\":\"/start\"}"
                .formatted(PERSON, PRIVATE)));
  }

  @Test
  void aCommandForAnotherBotIsNotOurs() {
    assertEquals(new Incoming.Ignored("other_bot"), privately("/start@other_bot"));
    assertEquals(new Incoming.Ignored("other_bot"), message("/start@other_bot", PERSON, GROUP));
  }

  @Test
  void inAGroupOnlyACommandThatNamesUsIsAnswered() {
    assertInstanceOf(
        Incoming.GroupCommand.class, message("/login@propusk_bot CODE", PERSON, GROUP));
    assertEquals(new Incoming.Ignored("group"), message("/login CODE", PERSON, GROUP));
    assertEquals(new Incoming.Ignored("group"), message("hello", PERSON, GROUP));
  }

  @Test
  void botsAndChannelsAreNotPersons() {
    var robot = PERSON.replace("\"is_bot\":false", "\"is_bot\":true");
    assertEquals(new Incoming.Ignored("sender"), message("/start", robot, PRIVATE));
    assertEquals(
        new Incoming.Ignored("kind"),
        read(
            "\"channel_post\":{\"message_id\":1,\"date\":1,\"chat\":{\"id\":-1,\"type\":\"channel\"},\"text\":\"/start\"}"));
    assertEquals(
        new Incoming.Ignored("sender"),
        read(
            "\"message\":{\"message_id\":1,\"date\":1,\"chat\":"
                + GROUP
                + ",\"text\":\"/start\"}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"edited_message\":{\"message_id\":1,\"date\":1,\"text\":\"/login A\"}",
        "\"inline_query\":{\"id\":\"1\",\"query\":\"\",\"offset\":\"\"}",
        "\"a_kind_of_next_year\":{\"anything\":[1,2,3]}",
        "\"poll\":{\"id\":\"1\"}",
        "\"unknown\":null",
      })
  void otherKindsComeToNothing(String body) {
    assertEquals(new Incoming.Ignored("kind"), read(body));
  }

  @Test
  void aPressedButtonCarriesWhatWasWrittenOnIt() {
    var press =
        assertInstanceOf(
            Incoming.ButtonPressed.class,
            read(
                "\"callback_query\":{\"id\":\"q1\",\"from\":%s,\"data\":\"keep\",\"message\":{\"message_id\":7,\"date\":1,\"chat\":%s}}"
                    .formatted(PERSON, PRIVATE)));
    assertEquals("q1", press.queryId());
    assertEquals("keep", press.data());
    assertEquals(Optional.of(7), press.messageId());
  }

  @Test
  void aButtonPressedElsewhereOrWithoutItsMessageIsIgnored() {
    assertEquals(
        new Incoming.Ignored("group"),
        read(
            "\"callback_query\":{\"id\":\"q1\",\"from\":%s,\"data\":\"x\",\"message\":{\"message_id\":7,\"date\":1,\"chat\":%s}}"
                .formatted(PERSON, GROUP)));
    assertEquals(
        new Incoming.Ignored("sender"),
        read(
            "\"callback_query\":{\"id\":\"q1\",\"from\":"
                + PERSON
                + ",\"inline_message_id\":\"m\"}"));
  }

  @ParameterizedTest
  @CsvSource({"kicked, true", "member, false"})
  void aBlockAndItsEndAreSeen(String status, boolean blocked) {
    assertEquals(
        new Incoming.Membership(42, blocked),
        read(
            "\"my_chat_member\":{\"chat\":%s,\"from\":%s,\"date\":1,\"new_chat_member\":{\"status\":\"%s\"}}"
                .formatted(PRIVATE, PERSON, status)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "no json",
        "{\"update_id\":\"x\"}",
        "{\"update_id\":99999999999999}",
        "{\"update_id\":1,\"message\":\"text\"}",
        "{\"update_id\":1,\"message\":{\"text\":{\"a\":1}}}",
        "{\"update_id\":1,\"message\":{\"from\":{\"id\":\"x\"}}}",
      })
  void whatIsNoUpdateIsUnreadableAndNeverThrows(String json) {
    assertTrue(UpdateReader.read(json, "propusk_bot").isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"update_id\":1}",
        "{\"update_id\":1,\"message\":{}}",
        "{\"update_id\":1,\"message\":{\"from\":{},\"chat\":{}}}",
        "{\"update_id\":1,\"message\":{\"from\":{\"id\":-5},\"chat\":{\"id\":1,\"type\":\"private\"}}}",
        "{\"update_id\":1,\"message\":{\"from\":{\"id\":5},\"chat\":{\"id\":5,\"type\":\"a_new_type\"},\"text\":\"/start\"}}",
        "{\"update_id\":1,\"callback_query\":{}}",
        "{\"update_id\":1,\"my_chat_member\":{}}",
      })
  void whatIsIncompleteComesToNothing(String json) {
    assertInstanceOf(Incoming.Ignored.class, UpdateReader.read(json, "propusk_bot").orElseThrow());
  }

  @Test
  void whatAPersonWroteIsNotInTheDescription() {
    assertFalse(privately("/login CANARY").toString().contains("CANARY"));
  }

  private static Incoming privately(String text) {
    return message(text, PERSON, PRIVATE);
  }

  private static Incoming message(String text, String from, String chat) {
    return read(
        "\"message\":{\"message_id\":1,\"date\":1,\"from\":%s,\"chat\":%s,\"text\":\"%s\"}"
            .formatted(from, chat, text));
  }

  private static Incoming read(String body) {
    return UpdateReader.read("{\"update_id\":1," + body + "}", "propusk_bot").orElseThrow();
  }
}
