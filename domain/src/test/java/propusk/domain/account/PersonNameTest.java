package propusk.domain.account;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// T22, as far as it is the name's own: what is kept of it.
class PersonNameTest {
  @Test
  void onlyWhatCanBeSeenIsKeptAndOnOneLine() {
    assertEquals(Optional.of("Илья Козлов"), PersonName.shown(" Илья\u00A0 \r\n\tКозлов\u0000"));
    assertEquals(Optional.of("gnp.exe"), PersonName.shown("\u202Egnp\u2066.\u200Fexe\u202C"));
    assertEquals(Optional.of("a[31mb"), PersonName.shown("a\u001B[31m\uD83Db"));
    assertEquals(Optional.of("محمد بن"), PersonName.shown("محمد بن"));
    assertEquals(Optional.of("W".repeat(64)), PersonName.shown("W".repeat(200)));
    for (var whole : List.of("<b>&amp;", "null", "👩‍👩‍👧", "🏴\uDB40\uDC67\uDB40\uDC7F", "Zoë")) {
      assertEquals(Optional.of(whole), PersonName.shown(whole));
    }
    for (var unseen : List.of("", " ", "\u3164\u2800", "\u200D\u0301", "\u202E\u2066", "\u0000")) {
      assertEquals(Optional.empty(), PersonName.shown(unseen), unseen);
    }
  }

  @Test
  void whoeverHasNoNameToBeSeenIsCalledByTheirId() {
    var id = new TelegramUserId(139883458);
    var profile =
        new TelegramProfile(
            id, "\u3164", Optional.of("\u200B"), Optional.empty(), Optional.empty());
    assertEquals("id 139883458", profile.firstName());
    assertEquals(Optional.empty(), profile.lastName());
  }
}
