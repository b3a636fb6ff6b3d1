package propusk.sandbox.dc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import propusk.sandbox.dc.schema.TlReader;
import propusk.sandbox.dc.transport.ClientWire.Kind;
import propusk.sandbox.world.NewPerson;
import propusk.sandbox.world.World;

/// Perfect forward secrecy: a temporary key works for the permanent one that it was bound to.
final class TemporaryKeyTest {
  private static final int BOOL_TRUE = 0x997275b5;
  private static final int RPC_ERROR = 0x2144ca19;

  @TempDir private Path directory;
  private World world;
  private DataCentre dc;

  @BeforeEach
  void start() {
    world = World.open(directory);
    dc = DataCentre.start(world, DataCentreConfig.onFreePort());
  }

  @AfterEach
  void stop() {
    dc.close();
    world.close();
  }

  @Test
  void aBoundTemporaryKeyActsForThePermanentOne() throws IOException {
    var anna = world.people().create(NewPerson.of("Анна", "1"));
    try (var permanent = TestClient.connect(dc, Kind.PROXY_INTERMEDIATE);
        var temporary = TestClient.connectTemporarily(dc, 3600)) {
      var bound = temporary.bind(permanent.key(), inAnHour());
      assertEquals(BOOL_TRUE, new TlReader(bound).peekInt());

      var token =
          temporary.ask(
              "auth.exportLoginToken", "api_id", 7, "api_hash", "", "except_ids", List.of());
      assertEquals("auth.loginToken", token.name());
      dc.accept(anna.id(), dc.pendingTokens().getFirst().link());

      assertEquals(1, temporary.ask("updates.getState").number("pts"));
      assertEquals(1, permanent.ask("updates.getState").number("pts"));
    }
  }

  @Test
  void aBindingThatDoesNotFitIsRefused() throws IOException {
    try (var stranger = TestClient.connect(dc, Kind.PROXY_INTERMEDIATE);
        var other = TestClient.connect(dc, Kind.PROXY_INTERMEDIATE)) {
      var refused = other.bind(stranger.key(), inAnHour());
      assertEquals(RPC_ERROR, new TlReader(refused).peekInt());
    }
  }

  private static int inAnHour() {
    return (int) Instant.now().plusSeconds(3600).getEpochSecond();
  }
}
