package propusk.miniapp.edge;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class OriginsTest {
  private final Origins origins =
      new Origins(URI.create("https://propusk.example"), List.of("https://shop.example:444"));

  @Test
  void onlyOurOwnAndTheListedPagesMaySendUnsafeRequests() {
    for (var origin : List.of("https://propusk.example", "https://shop.example:444")) {
      assertTrue(origins.allow("POST", origin, null), origin);
    }
    for (var origin :
        List.of("https://evil.example", "http://propusk.example", "https://shop.example", "")) {
      assertFalse(origins.allow("POST", origin, "same-origin"), origin);
      assertTrue(origins.allow("GET", origin, "cross-site"), origin);
    }
  }

  @Test
  void aFormWithoutReferrerCountsOnlyWhereTheBrowserSaysItIsOurs() {
    assertTrue(origins.allow("POST", "null", "same-origin"));
    for (var site : List.of("cross-site", "same-site", "none", "")) {
      assertFalse(origins.allow("POST", "null", site), site);
    }
    assertFalse(origins.allow("POST", "null", null));
  }
}
