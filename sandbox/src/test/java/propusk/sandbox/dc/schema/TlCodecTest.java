package propusk.sandbox.dc.schema;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TlCodecTest {
  private static final Schema SCHEMA =
      Schema.parse(
          """
          inner#0000000b n:int = Inner;
          bare x:long = Bare;
          every#0000000c flags:# on:flags.0?true text:flags.1?string flags2:# inner:flags2.4?Inner \
          i:int l:long d:double b:bytes yes:Bool many:Vector<Inner> longs:Vector<long> \
          bares:vector<bare> n:int128 w:int256 = Every;
          ---functions---
          call#0000000d flags:# n:flags.3?int query:!X = X;
          """);
  private static final TlCodec CODEC = new TlCodec(SCHEMA, 1);

  @Test
  void everyKindOfFieldComesBackAsItWas() {
    var inner = TlObject.of("inner", "n", -1);
    var every = withoutOptional();
    every.fields().put("on", true);
    every.fields().put("text", "привет");
    every.fields().put("inner", inner);

    var back = CODEC.read(CODEC.write(every));

    assertEquals("привет", back.text("text"));
    assertEquals(inner, back.object("inner"));
    assertTrue(back.has("on"));
    assertEquals(-2, back.number("i"));
    assertEquals(Long.MIN_VALUE, back.big("l"));
    assertEquals(0.5, back.fields().get("d"));
    assertArrayEquals(new byte[] {1, 2, 3}, back.bytes("b"));
    assertEquals(true, back.fields().get("yes"));
    assertEquals(List.of(inner, inner), back.list("many"));
    assertEquals(List.of(1L, 2L), back.bigs("longs"));
    assertEquals(9L, ((TlObject) back.list("bares").getFirst()).big("x"));
    assertArrayEquals(new byte[32], back.bytes("w"));
  }

  @Test
  void absentOptionalFieldsStayAbsent() {
    var back = CODEC.read(CODEC.write(withoutOptional()));
    assertFalse(back.has("on"));
    assertFalse(back.has("text"));
    assertFalse(back.has("inner"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 253, 254, 255, 256, 257, 70_000})
  void stringsOfAnyLengthComeBackAndFillWholeWords(int length) {
    var every = withoutOptional();
    every.fields().put("b", new byte[length]);
    var bytes = CODEC.write(every);
    assertEquals(0, bytes.length % 4);
    assertEquals(length, CODEC.read(bytes).bytes("b").length);
  }

  @Test
  void aWrapperHoldsTheRestOfTheMessage() {
    var bytes = HexFormat.of().parseHex("0d00000008000000070000000102030405060708");
    var call = CODEC.readCall(new TlReader(bytes)).orElseThrow();
    assertEquals(7, call.number("n"));
    assertArrayEquals(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}, call.bytes("query"));
  }

  @Test
  void aMissingFieldIsNotWritten() {
    assertThrows(IllegalArgumentException.class, () -> CODEC.write(TlObject.of("inner")));
    assertThrows(IllegalArgumentException.class, () -> CODEC.write(TlObject.of("nobody")));
  }

  @Test
  void bytesOfNoConstructorAreUnknownAndLeftUnread() {
    var in = new TlReader(new byte[] {1, 2, 3, 4});
    assertTrue(CODEC.readKnown(in).isEmpty());
    assertTrue(CODEC.readCall(in).isEmpty());
    assertEquals(0, in.position());
    assertThrows(TlException.class, () -> CODEC.read(in));
  }

  /// Whatever a client sends, the worst is a [TlException].
  @Test
  void cutAndChangedBytesAreRefusedAndHarmNothing() {
    var good = CODEC.write(withoutOptional());
    for (int length = 0; length < good.length; length++) {
      var cut = Arrays.copyOf(good, length);
      assertThrows(TlException.class, () -> CODEC.read(cut));
    }
    for (int at = 4; at < good.length; at++) {
      var changed = good.clone();
      changed[at] ^= (byte) 0xff;
      try {
        CODEC.read(changed);
      } catch (TlException _) {
        // Refused, as it should be; other changes make another value.
      }
    }
  }

  private static TlObject withoutOptional() {
    var inner = TlObject.of("inner", "n", -1);
    return TlObject.of(
        "every",
        "i",
        -2,
        "l",
        Long.MIN_VALUE,
        "d",
        0.5,
        "b",
        new byte[] {1, 2, 3},
        "yes",
        true,
        "many",
        List.of(inner, inner),
        "longs",
        List.of(1L, 2L),
        "bares",
        List.of(TlObject.of("bare", "x", 9L)),
        "n",
        new byte[16],
        "w",
        new byte[32]);
  }
}
