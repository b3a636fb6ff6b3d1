package propusk.sandbox.dc.message;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ProtocolException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;

final class MessageTest {
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  private final MessageIds ids = new MessageIds(InstantSource.fixed(NOW));

  @Test
  void idsGrowAndTellTheTimeAndTheKind() {
    long first = ids.forAnswer();
    long second = ids.forNotice();
    assertTrue(second > first);
    assertEquals(1, first & 3);
    assertEquals(3, second & 3);
    assertEquals(NOW.getEpochSecond(), second >>> 32);
  }

  @Test
  void idsOfAnotherTimeOrOfAServerAreComplainedAbout() {
    assertEquals(0, ids.complaint(at(NOW)));
    assertEquals(0, ids.complaint(at(NOW.minusSeconds(299))));
    assertEquals(16, ids.complaint(at(NOW.minusSeconds(301))));
    assertEquals(17, ids.complaint(at(NOW.plusSeconds(31))));
    assertEquals(18, ids.complaint(at(NOW) + 1));
  }

  @Test
  void severalMessagesLeaveInOneContainerAndStayUntilAcknowledged() {
    var outgoing = new Outgoing(ids);
    outgoing.addImportant(new byte[] {1, 0, 0, 0}, true);
    outgoing.add(new byte[] {2, 0, 0, 0}, false);
    var container = outgoing.take().orElseThrow();
    assertEquals(8 + 2 * (16 + 4), container.body().length);
    assertEquals(Optional.empty(), outgoing.take());

    outgoing.repeatAll();
    var again = outgoing.take().orElseThrow();
    assertArrayEquals(new byte[] {1, 0, 0, 0}, again.body());
    assertEquals(1, again.seqNo());

    outgoing.acknowledged(List.of(again.id()));
    outgoing.repeatAll();
    assertEquals(Optional.empty(), outgoing.take());
  }

  @Test
  void packedObjectsAreReadInBothFormats() throws IOException {
    var plain = new byte[5000];
    var zlib = new ByteArrayOutputStream();
    try (var out = new DeflaterOutputStream(zlib)) {
      out.write(plain);
    }
    assertArrayEquals(plain, Gzip.unpack(zlib.toByteArray()));
    assertArrayEquals(plain, Gzip.unpack(Gzip.pack(plain)));
    assertThrows(ProtocolException.class, () -> Gzip.unpack(new byte[] {9, 9, 9, 9}));
    var bomb = Gzip.pack(new byte[(1 << 22) + 1]);
    assertThrows(ProtocolException.class, () -> Gzip.unpack(bomb));
  }

  private static long at(Instant time) {
    return time.getEpochSecond() << 32;
  }
}
