package propusk.sandbox.botapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `parse_mode=HTML` by Telegram's rules.
final class HtmlTextTest {
  @Test
  void countsEntitiesInUtf16Units() {
    var read = HtmlText.parse("😀 <b>жир<i>ный</i></b> &lt;x&gt; &#1078;");
    assertEquals("😀 жирный <x> ж", read.text());
    assertEquals(
        List.of(TextEntity.plain("italic", 6, 3), TextEntity.plain("bold", 3, 6)), read.entities());
  }

  @Test
  void readsLinksAndTrimsAround() {
    var read =
        HtmlText.parse("  <a href=\"https://a.example/?x=1&amp;y=2\"> here </a>\n").trimmed();
    assertEquals("here", read.text());
    assertEquals("https://a.example/?x=1&y=2", read.entities().getFirst().url());
    assertEquals(4, read.entities().getFirst().length());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<b>x | Can't find end tag corresponding to start tag \"b\"",
        "я<b>x</i> | Unmatched end tag at byte offset 6, expected \"</b>\", found \"</i>\"",
        "x</b> | Unexpected end tag at byte offset 1",
        "1 < 2 | Unclosed start tag at byte offset 2",
        "<img src=x> | Unsupported start tag \"img\" at byte offset 0"
      })
  void refusesWrongMarkup(String html, String why) {
    var refused = assertThrows(BotApiError.class, () -> HtmlText.parse(html));
    assertEquals("Bad Request: can't parse entities: " + why, refused.description());
  }
}
