package propusk.miniapp.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import propusk.domain.account.Language;
import propusk.domain.login.Failure;
import propusk.domain.text.Messages;

class MessagesTest {
  private final Messages messages =
      new Messages("propusk.miniapp.messages", MessagesTest.class.getClassLoader());

  @Test
  void bothLanguagesHaveTheSameTexts() {
    assertEquals(messages.keys(Language.RU), messages.keys(Language.EN));
  }

  @Test
  void bothLanguagesHaveTheSamePlaces() {
    var place = Pattern.compile("\\{(\\w+)");
    for (var key : messages.keys(Language.RU)) {
      var places =
          Arrays.stream(Language.values())
              .map(language -> new Words(language, messages).open(key))
              .map(text ->
                  place.matcher(text).results().map(r -> r.group(1)).collect(Collectors.toSet()))
              .distinct()
              .toList();
      assertEquals(1, places.size(), key + " " + places);
    }
  }

  @Test
  void noTextIsLeftEmptyOrHasAPlainHyphenInQrCode() {
    for (var language : Language.values()) {
      for (var key : messages.keys(language)) {
        var text = new Words(language, messages).open(key);
        assertFalse(text.isBlank(), key);
        assertFalse(text.contains("QR-код") || text.contains("ини-прил"), key);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyFailureHasItsWords(Failure failure) {
    for (var language : Language.values()) {
      for (var part : new String[] {".title", ".text"}) {
        var text =
            messages.say(
                language, "end." + failure.code() + part, Map.of("who", "@x", "time", "14:35"));
        assertFalse(text.contains("{"), text);
      }
    }
  }

  @Test
  void passwordFloodIsSaidWithAndWithoutATime() {
    var key = "end.password_flood.text";
    assertEquals(
        "Попробуйте завтра после 14:35.",
        messages.say(Language.RU, key, Map.of("who", "", "time", "14:35")));
    assertEquals(
        "Попробуйте завтра.", messages.say(Language.RU, key, Map.of("who", "", "time", "none")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ru|RU",
        "ru-RU,ru;q=0.9,en;q=0.8|RU",
        "en-GB|EN",
        "de,ru;q=0.5|RU",
        "de|EN",
        "*|EN",
        "'en;q=0.1,ru;q=0.9'|RU",
        ";;;|EN",
        "''|EN"
      })
  void theBrowsersLanguageIsUsed(String header, Language language) {
    assertEquals(language, Shells.language(header));
    assertTrue(Shells.language((String) null) == Language.EN);
  }
}
