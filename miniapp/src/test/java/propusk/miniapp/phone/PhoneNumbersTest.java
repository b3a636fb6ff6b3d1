package propusk.miniapp.phone;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import propusk.domain.account.Language;
import propusk.domain.account.PhoneNumber;

class PhoneNumbersTest {
  private final PhoneNumbers numbers = new PhoneNumbers();

  @Test
  void readsNumbersAsPeopleWriteThem() {
    var mine = new PhoneInput.Parsed(new PhoneNumber("+79123456789"));
    for (var text :
        List.of(
            "+7 912 345-67-89",
            "8 (912) 345-67-89",
            "912 345 67 89",
            "79123456789",
            "007 912 345 67 89".replace("00", "+"),
            "+7 912 345-67-89 ")) {
      assertEquals(mine, numbers.parse(text, "RU"), text);
    }
    assertEquals(mine, numbers.parse("+7 912 345-67-89", "ZZ"), "with a country of its own");
    assertEquals(
        new PhoneInput.Parsed(new PhoneNumber("+442083661177")),
        numbers.parse("020 8366 1177", "GB"));
    assertEquals(
        new PhoneInput.Parsed(new PhoneNumber("+88812345678")),
        numbers.parse("+888 1234 5678", "RU"),
        "Telegram's own numbers");
  }

  @Test
  void saysWhetherDigitsAreMissingOrItIsNoNumber() {
    for (var text : List.of("", "+7", "+7 912 345", "912 345", "12")) {
      assertEquals(new PhoneInput.TooShort(), numbers.parse(text, "RU"), text);
    }
    for (var text :
        List.of(
            "+7 912 345-67-89-00", "+999 123 456 789", "9".repeat(50), "abc", "912 345 67 89 no")) {
      assertEquals(new PhoneInput.Invalid(), numbers.parse(text, "RU"), text);
    }
    assertEquals(new PhoneInput.Invalid(), numbers.parse("912 345 67 89", "ZZ"));
  }

  @Test
  void writesThemAsPeopleReadThemAndHidesTheMiddle() {
    var mine = new PhoneNumber("+79123456789");
    assertEquals("+7 912 345-67-89", numbers.format(mine));
    assertEquals("+7 912 ···-67-89", numbers.masked(mine));
    assertEquals("+44 20 ···· 1177", numbers.masked(new PhoneNumber("+442083661177")));
    assertEquals("+888 1···5678", numbers.masked(new PhoneNumber("+88812345678")));
  }

  @Test
  void theCountryIsTheChosenOneElseTheLanguages() {
    assertEquals("RU", PhoneNumbers.country(Language.RU, Optional.empty()));
    assertEquals("ZZ", PhoneNumbers.country(Language.EN, Optional.of("England")));
    assertEquals("GB", PhoneNumbers.country(Language.RU, Optional.of("GB")));
  }
}
