package propusk.mtproto.worker;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import propusk.domain.worker.WorkerProcess;

final class ProcessesTest {
  @Test
  void aPidOfAnotherTimeIsAnotherProcessAndIsLeftAlone() throws Exception {
    var sleeper = new ProcessBuilder("sleep", "60").start();
    try {
      var reused = new WorkerProcess("host", sleeper.pid(), 1);
      assertFalse(Processes.alive(reused));
      assertTrue(Processes.kill(reused));
      assertTrue(sleeper.isAlive());
    } finally {
      sleeper.destroyForcibly();
    }
  }

  @Test
  void thisProcessIsAlive() {
    assertTrue(Processes.alive(Processes.self("host")));
  }
}
