package propusk.domain.account;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import propusk.domain.seal.Sealer;

class PhoneNumberTest {
  private static final PhoneNumber NUMBER = new PhoneNumber("+79123456789");

  @Test
  void isE164OnlyAndShowsItselfToNobody() {
    for (var text : List.of("", "79123456789", "+0912345678", "+7 912 345-67-89", "+123", "+7x")) {
      assertThrows(IllegalArgumentException.class, () -> new PhoneNumber(text), text);
    }
    assertEquals("··· 67-89", NUMBER.masked());
    assertFalse((NUMBER + " " + List.of(NUMBER)).contains("912"));
  }

  @Test
  void itsHashNeedsOurKey() {
    var ours = new PhoneHashes(new Sealer(List.of(new byte[32])));
    var otherKey = new byte[32];
    otherKey[0] = 1;
    var theirs = new PhoneHashes(new Sealer(List.of(otherKey)));
    assertArrayEquals(ours.of(NUMBER), ours.of(new PhoneNumber("+79123456789")));
    assertFalse(Arrays.equals(ours.of(NUMBER), ours.of(new PhoneNumber("+79123456780"))));
    assertFalse(Arrays.equals(ours.of(NUMBER), theirs.of(NUMBER)));
  }
}
