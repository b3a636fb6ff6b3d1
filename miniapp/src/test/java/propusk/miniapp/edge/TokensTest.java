package propusk.miniapp.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import propusk.miniapp.MiniAppModule;

class TokensTest {
  @Test
  void theDarkThemeIsTheSameBeforeAndAfterTheScriptHasLooked() throws IOException {
    try (var stream = MiniAppModule.class.getResourceAsStream("assets/tokens.css")) {
      var css = new String(stream.readAllBytes(), UTF_8);
      var chosen = block(css, ":root[data-scheme=\"dark\"] {");
      assertFalse(chosen.isBlank());
      assertEquals(chosen, block(css, ":root:not([data-scheme]) {"));
    }
  }

  private static String block(String css, String selector) {
    var found = Pattern.compile(Pattern.quote(selector) + "([^}]*)}").matcher(css);
    return found.find() ? found.group(1).replaceAll("\\s+", " ") : "";
  }
}
