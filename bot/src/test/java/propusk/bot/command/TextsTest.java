package propusk.bot.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.ibm.icu.text.MessageFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import propusk.domain.account.Language;
import propusk.domain.invite.InviteCode;
import propusk.domain.login.Failure;
import propusk.domain.session.TelegramSessionId;
import propusk.domain.signin.SignInId;
import propusk.domain.text.Messages;

class TextsTest {
  private final Messages messages =
      new Messages("propusk.bot.messages", TextsTest.class.getClassLoader());
  private final Texts texts = new Texts();

  @Test
  void bothLanguagesHaveTheSameTextsWithTheSamePlaces() {
    assertEquals(
        new TreeSet<>(messages.keys(Language.RU)), new TreeSet<>(messages.keys(Language.EN)));
    for (var key : messages.keys(Language.RU)) {
      assertEquals(places(Language.RU, key), places(Language.EN, key), key);
    }
  }

  @Test
  void everyFailureHasWords() {
    for (var failure : Failure.values()) {
      assertTrue(messages.keys(Language.RU).contains("end." + failure.code()), failure.code());
    }
  }

  @Test
  void noTextIsLongerThanAMessageMayBe() {
    for (var language : Language.values()) {
      for (var key : messages.keys(language)) {
        assertTrue(pattern(language, key).length() < 3_000, key);
        assertFalse(pattern(language, key).isBlank(), key);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "RU, 1, 1 минуту",
    "RU, 2, 2 минуты",
    "RU, 5, 5 минут",
    "RU, 21, 21 минуту",
    "EN, 1, 1 minute",
    "EN, 5, 5 minutes",
  })
  void minutesAreCountedInTheLanguage(Language language, int minutes, String words) {
    var text = texts.say(language, "login.too_many", Map.of("minutes", minutes));
    assertTrue(text.endsWith(words), text);
  }

  @ParameterizedTest
  @CsvSource({
    "RU, 2026-10-12T12:00:00Z, 12 октября",
    "RU, 2026-10-12T22:00:00Z, 13 октября",
    "EN, 2026-10-12T22:00:00Z, 12 October",
    "EN, 2027-01-01T00:00:00Z, 1 January 2027",
  })
  void aDateIsADayAndNamesTheYearOnlyWhereItMust(Language language, Instant at, String words) {
    assertEquals(words, Texts.date(language, at, Instant.parse("2026-11-20T10:00:00Z")));
  }

  @ParameterizedTest
  @CsvSource({
    "RU, 2026-11-20T06:12:00Z, в 09:12",
    "RU, 2026-11-19T20:59:00Z, 19 ноября в 23:59",
    "RU, 2026-11-19T21:00:00Z, в 00:00",
    "EN, 2026-11-20T06:12:00Z, at 06:12 UTC",
    "EN, 2025-11-20T06:12:00Z, on 20 November 2025 at 06:12 UTC",
  })
  void aMomentIsATimeAndNamesTheDayOnlyWhereItMust(Language language, Instant at, String words) {
    assertEquals(words, Texts.moment(language, at, Instant.parse("2026-11-20T10:00:00Z")));
  }

  @Test
  void buttonsAboutSessionsAndDataComeBackToo() {
    var session = new TelegramSessionId("abcdefghijklmnopqrstuv");
    for (var button :
        List.of(
            new Button.AskLogOut(),
            new Button.LogOut(session),
            new Button.KeepSession(),
            new Button.DeleteData(1_795_000_000L),
            new Button.KeepData(),
            new Button.PickNumber(new SignInId("abcdefghijklmnopqrst-v"), 47),
            new Button.DenySignIn(new SignInId("abcdefghijklmnopqrst_v")))) {
      assertEquals(button, Button.parse(button.data()).orElseThrow());
      assertTrue(button.data().length() <= 64);
    }
    for (var foreign :
        new String[] {
          "logout:",
          "logout:short",
          "delete:",
          "delete:-1",
          "delete:x",
          "pick:abcdefghijklmnopqrstuv",
          "deny:"
        }) {
      assertTrue(Button.parse(foreign).isEmpty(), foreign);
    }
  }

  @ParameterizedTest
  @CsvSource({"PT5M, 5", "PT4M59.5S, 5", "PT1S, 1", "PT0S, 1", "PT-1M, 1", "PT61S, 2"})
  void minutesAreRoundedUp(Duration time, int minutes) {
    assertEquals(minutes, Texts.minutes(time));
  }

  @Test
  void buttonsComeBackAsTheyWereWrittenAndFitIntoTheirData() {
    var replace = new Button.ReplacePlan(new InviteCode("3HBP4Z3ECICZ"));
    assertEquals(replace, Button.parse(replace.data()).orElseThrow());
    assertEquals(new Button.KeepPlan(), Button.parse("keep").orElseThrow());
    assertTrue(replace.data().length() <= 64);
    for (var foreign : new String[] {"", "replace:", "replace:short", "drop table", "keep "}) {
      assertTrue(Button.parse(foreign).isEmpty(), foreign);
    }
  }

  private static Set<String> places(Language language, String key) {
    return new TreeSet<>(
        new MessageFormat(pattern(language, key), language.locale()).getArgumentNames());
  }

  private static String pattern(Language language, String key) {
    return ResourceBundle.getBundle(
            "propusk.bot.messages",
            language.locale(),
            TextsTest.class.getClassLoader(),
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES))
        .getString(key);
  }
}
