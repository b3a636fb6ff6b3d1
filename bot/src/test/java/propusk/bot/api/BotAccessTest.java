package propusk.bot.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import propusk.domain.seal.Secret;

class BotAccessTest {

  @Test
  void theIdIsTheNumberBeforeTheColon() {
    var access = BotAccess.of(new Secret("7000000001:AA-bb_cc"), "https://api.telegram.org");
    assertEquals(7_000_000_001L, access.id());
    assertFalse(access.toString().contains("AA-bb_cc"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"canary", "1:", ":canary", "1:canary/../x", "0:canary", "1:canary "})
  void anotherFormIsRefusedWithoutRepeatingIt(String token) {
    var refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> BotAccess.of(new Secret(token), "https://api.telegram.org"));
    assertFalse(String.valueOf(refusal.getMessage()).contains("canary"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "api.telegram.org", "ftp://x", "https://api.telegram.org/"})
  void anAddressThatIsNoneIsRefused(String url) {
    assertThrows(IllegalArgumentException.class, () -> BotAccess.of(new Secret("1:a"), url));
  }

  @Test
  void refusalsHaveTheirMeaning() {
    assertEquals(new Answer.Blocked(), Answer.refusal(403, 0));
    assertEquals(new Answer.Flood(Duration.ofSeconds(7)), Answer.refusal(429, 7));
    assertEquals(new Answer.Flood(Duration.ofSeconds(1)), Answer.refusal(429, 0));
    assertEquals(new Answer.TokenRefused(), Answer.refusal(401, 0));
    assertEquals(new Answer.TokenRefused(), Answer.refusal(404, 0));
    assertEquals(new Answer.Conflict(), Answer.refusal(409, 0));
    assertEquals(new Answer.Refused(400), Answer.refusal(400, 0));
    assertEquals(new Answer.Unavailable("status_502"), Answer.refusal(502, 0));
    assertEquals(new Answer.Unavailable("status_0"), Answer.refusal(0, 0));
  }
}
