package propusk.app.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// What a process takes of the machine.
final class Usage {
  private Usage() {}

  /// Resident memory.
  static long megabytes(ProcessHandle process) {
    try (var lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
      var line = lines.filter(it -> it.startsWith("VmRSS:")).findFirst().orElseThrow();
      return Long.parseLong(line.replaceAll("\\D+", "")) / 1024;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Processor time since its start, all threads together.
  static Duration cpu(ProcessHandle process) {
    return process.info().totalCpuDuration().orElseThrow();
  }
}
