package propusk.mtproto.datacentre;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import propusk.mtproto.tdlib.TdLibrary;
import propusk.sandbox.dc.schema.Combinator;
import propusk.sandbox.dc.schema.Schema;

/// The sandbox speaks the language of exactly the TDLib that we ship.
///
/// TDLib's generated code compares each constructor's id with a constant, so the id's four bytes
/// lie in the library. When an upgrade of TDLib changes a constructor that the sandbox uses, its id
/// is no longer there and this test names it: then bring its line in `telegram.tl` or `mtproto.tl`
/// up to date.
final class ConstructorIdsTest {
  /// What only other clients say: TDLib's schema leaves these lines out.
  private static final Set<String> OF_OTHER_CLIENTS =
      Set.of(
          "invokeWithoutUpdates",
          "req_pq",
          "p_q_inner_data",
          "ping",
          "destroy_session",
          "destroy_session_ok",
          "destroy_session_none");

  @Test
  void everyIdThatTheSandboxUsesIsInTheLibrary() throws IOException {
    var missing =
        Stream.of(Schema.telegram(), Schema.mtproto())
            .flatMap(schema -> schema.all().stream())
            .filter(combinator -> combinator.untilLayer() == Integer.MAX_VALUE)
            .collect(Collectors.toMap(Combinator::id, Combinator::name, (one, _) -> one));
    missing.keySet().removeAll(wordsOf(TdLibrary.find(), missing.keySet()));
    assertEquals(new TreeSet<>(OF_OTHER_CLIENTS), new TreeSet<>(missing.values()));
  }

  /// Those of the wanted numbers whose bytes occur anywhere in the library.
  private static Set<Integer> wordsOf(TdLibrary library, Set<Integer> wanted) throws IOException {
    var content =
        ByteBuffer.wrap(Files.readAllBytes(library.file())).order(ByteOrder.LITTLE_ENDIAN);
    var found = new HashSet<Integer>();
    for (int at = 0; at <= content.capacity() - Integer.BYTES; at++) {
      int word = content.getInt(at);
      if (wanted.contains(word)) {
        found.add(word);
      }
    }
    return found;
  }
}
