package propusk.bot.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/// Processor time of this process and of a PostgreSQL server: on a busy machine it says more than
/// the time on the wall.
record Cpu(Duration ours, Duration postgres) {
  private static final long TICKS_A_SECOND = 100;

  static Cpu used(long postmaster) {
    return new Cpu(
        ProcessHandle.current().info().totalCpuDuration().orElseThrow(), tree(postmaster));
  }

  Cpu minus(Cpu before) {
    return new Cpu(ours.minus(before.ours), postgres.minus(before.postgres));
  }

  /// For each of so many.
  String each(long count) {
    long ours = this.ours.toNanos() / 1_000 / count;
    long theirs = postgres.toNanos() / 1_000 / count;
    return "%d + %d µs of processor each, ours + PostgreSQL's".formatted(ours, theirs);
  }

  private static Duration tree(long postmaster) {
    long ticks =
        ProcessHandle.of(postmaster).stream()
            .flatMap(root -> Stream.concat(Stream.of(root), root.descendants()))
            .mapToLong(process -> ticks(process.pid()))
            .sum();
    return Duration.ofMillis(ticks * 1_000 / TICKS_A_SECOND);
  }

  /// Fields 14 to 17: its own time and that of its ended children.
  private static long ticks(long pid) {
    try {
      var stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      long sum = 0;
      for (int n = 11; n <= 14; n++) {
        sum += Long.parseLong(fields[n]);
      }
      return sum;
    } catch (IOException gone) {
      // It ended meanwhile: its time is its parent's now.
      return 0;
    }
  }
}
