package propusk.domain.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class SealerTest {
  private static final byte[] OLD = filled(1);
  private static final byte[] NEW = filled(2);
  private static final byte[] TEXT = "a link".getBytes(UTF_8);

  @Test
  void aSealedValueOpensInItsOwnRowOnly() {
    var sealer = new Sealer(List.of(OLD));
    var sealed = sealer.seal(TEXT, "row/1");
    assertArrayEquals(TEXT, sealer.open(sealed, "row/1"));
    assertThrows(SealedDamaged.class, () -> sealer.open(sealed, "row/2"));
  }

  @Test
  void everyFlippedBitIsNoticed() {
    var sealer = new Sealer(List.of(OLD));
    var sealed = sealer.seal(TEXT, "row");
    for (int bit = 0; bit < sealed.length * 8; bit++) {
      var damaged = sealed.clone();
      damaged[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThrows(SealedDamaged.class, () -> sealer.open(damaged, "row"));
    }
  }

  @Test
  void afterRotationOldValuesOpenAndNewOnesNeedTheNewKey() {
    var before = new Sealer(List.of(OLD));
    var rotated = new Sealer(List.of(NEW, OLD));
    assertArrayEquals(TEXT, rotated.open(before.seal(TEXT, "row"), "row"));
    var sealed = rotated.seal(TEXT, "row");
    assertArrayEquals(TEXT, new Sealer(List.of(NEW)).open(sealed, "row"));
    assertThrows(SealedDamaged.class, () -> before.open(sealed, "row"));
  }

  @Test
  void aKeyOfAnotherLengthIsRefusedWithoutRepeatingIt() {
    var tooShort = Base64.getEncoder().encodeToString(new byte[31]);
    var refused = assertThrows(IllegalArgumentException.class, () -> Sealer.parse(tooShort));
    assertFalse(String.valueOf(refused.getMessage()).contains(tooShort));
  }

  @Test
  void aSecretDoesNotPrintItself() {
    assertEquals("Secret[…]", new Secret("tg://login?token=x").toString());
  }

  private static byte[] filled(int value) {
    var key = new byte[32];
    Arrays.fill(key, (byte) value);
    return key;
  }
}
