package propusk.sandbox.dc.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class SchemaTest {
  /// The id of each line follows from its text, so a slip of the pen in a field shows here.
  @Test
  void listedIdsFollowFromTheirLines() throws IOException {
    var wrong = new TreeSet<String>();
    for (var line : lines("telegram.tl", "older.tl", "mtproto.tl").toList()) {
      var combinator = Combinator.parse(line, Integer.MAX_VALUE);
      if (combinator.id() != Combinator.computedId(line)) {
        wrong.add(combinator.name());
      }
    }
    assertEquals(new TreeSet<>(), wrong);
  }

  @Test
  void aLineWithoutAnIdGetsOne() {
    var line = "auth.loginToken expires:int token:bytes = auth.LoginToken;";
    assertEquals(0x629f1980, Combinator.parse(line, 0).id());
  }

  @Test
  void clientsOfOlderLayersGetTheFormTheyKnow() {
    var schema =
        Schema.parse(
            """
            //@until 100
            thing#00000001 a:int = Thing;
            //@until 200
            thing#00000002 a:int = Thing;
            thing#00000003 a:int = Thing;
            """);
    assertEquals(1, schema.type("thing", 99).id());
    assertEquals(1, schema.type("thing", 100).id());
    assertEquals(2, schema.type("thing", 101).id());
    assertEquals(3, schema.type("thing", 229).id());
  }

  @Test
  void peopleAreToldInEachLayersForm() {
    assertEquals(0xb1b8cc83, Schema.telegram().type("user", 229).id());
    assertEquals(0x4b46c37e, Schema.telegram().type("user", 198).id());
    assertEquals(0x3ff6ecb0, Schema.telegram().type("user", 144).id());
  }

  @Test
  void typesAndMethodsMayShareAnId() {
    var schema =
        Schema.parse(
            """
            fake#0000000a = Error;
            ---functions---
            real#0000000a = Bool;
            """);
    assertEquals("fake", schema.type(10).orElseThrow().name());
    assertEquals("real", schema.function(10).orElseThrow().name());
  }

  @Test
  void methodsKnownByNameOnlyHaveThatName() {
    assertEquals("messages.getDialogs", Schema.telegram().nameOf(0xa0f4cb4f));
    assertEquals("#00000007", Schema.telegram().nameOf(7));
  }

  private static Stream<String> lines(String... files) throws IOException {
    var lines = Stream.<String>empty();
    for (var file : files) {
      try (var in = Objects.requireNonNull(Schema.class.getResourceAsStream(file))) {
        var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        lines = Stream.concat(lines, text.lines().filter(line -> line.endsWith(";")));
      }
    }
    return lines.filter(line -> !line.startsWith("//"));
  }
}
