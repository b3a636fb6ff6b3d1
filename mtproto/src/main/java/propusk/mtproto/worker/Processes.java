package propusk.mtproto.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import propusk.domain.worker.WorkerProcess;

/// Processes of this machine, told apart by pid **and** start time, so that a reused pid is never
/// ended.
///
/// See [proc_pid_stat(5)](https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html).
final class Processes {
  private static final int START_TIME = 22;
  private static final Duration DEATH = Duration.ofSeconds(10);

  private Processes() {}

  static WorkerProcess self(String host) {
    var pid = ProcessHandle.current().pid();
    return new WorkerProcess(host, pid, startedTicks(pid).orElseThrow());
  }

  static boolean alive(WorkerProcess process) {
    var ticks = startedTicks(process.pid());
    return ticks.isPresent() && ticks.getAsLong() == process.startedTicks();
  }

  /// Ends it with SIGKILL and waits until it is gone. True: it is no more.
  static boolean kill(WorkerProcess process) throws InterruptedException {
    // A handle knows the start time too: it does not touch a process that took the pid meanwhile.
    var handle = ProcessHandle.of(process.pid());
    if (handle.isEmpty() || !alive(process)) return true;
    handle.get().destroyForcibly();
    try {
      handle.get().onExit().get(DEATH.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return !alive(process);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private static OptionalLong startedTicks(long pid) {
    try {
      var stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      // The second field is the name in brackets and may hold anything; the third is the state.
      var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return fields[0].equals("Z") || fields[0].equals("X")
          ? OptionalLong.empty()
          : OptionalLong.of(Long.parseLong(fields[START_TIME - 3]));
    } catch (NoSuchFileException e) {
      return OptionalLong.empty();
    } catch (IOException e) {
      // It ended between opening and reading: ESRCH.
      if (!Files.exists(Path.of("/proc", Long.toString(pid)))) return OptionalLong.empty();
      throw new UncheckedIOException(e);
    }
  }
}
