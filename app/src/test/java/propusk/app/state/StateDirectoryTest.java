package propusk.app.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateDirectoryTest {
  @TempDir Path directory;

  @Test
  void rootsStateIsWhereTheDatabasesUserCanReachIt() {
    assertEquals(Path.of("/var/lib/propusk"), StateDirectory.standard(Optional.empty(), true));
    var one = StateDirectory.standard(Optional.of(Path.of("/root/one")), true);
    var other = StateDirectory.standard(Optional.of(Path.of("/root/other")), true);
    assertTrue(one.toString().matches("/var/tmp/propusk-[0-9a-f]{12}"), one.toString());
    assertNotEquals(one, other);
  }

  @Test
  void anybodyElsesStateLiesInTheClone() {
    assertEquals(
        Path.of("/home/me/propusk/.propusk"),
        StateDirectory.standard(Optional.of(Path.of("/home/me/propusk")), false));
  }

  @Test
  void othersMayPassButNotLook() throws IOException {
    var state = state();
    assertEquals("rwx--x--x", permissions(state.path()));
    assertEquals("rwx------", permissions(state.privately("worker")));
    assertEquals("rwx--x--x", permissions(state.passable("postgres")));
  }

  @Test
  void aLinkThatSomebodyPutThereIsRefused() throws IOException {
    Files.createSymbolicLink(directory.resolve("state"), directory);
    var refused = assertThrows(IllegalStateException.class, this::state);
    assertTrue(String.valueOf(refused.getMessage()).contains("PROPUSK_STATE_DIR"));
  }

  @Test
  void hasOneOwnerAtATime() throws Exception {
    var state = state();
    try (var _ = state.lock()) {
      assertThrows(IllegalStateException.class, state::lock);
    }
    state.lock().close();
  }

  private StateDirectory state() {
    return StateDirectory.of(Map.of("PROPUSK_STATE_DIR", directory.resolve("state").toString()));
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
