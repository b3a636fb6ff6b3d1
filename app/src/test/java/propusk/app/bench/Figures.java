package propusk.app.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;

/// Lines of figures, written to `target/bench/figures.txt` for the launcher to print.
final class Figures {
  private static final Path FILE = Path.of("target", "bench", "figures.txt");

  private Figures() {}

  /// @param name what was measured
  static void say(String name, String figure) {
    var line = String.format(Locale.ROOT, "%-46s %s%n", name, figure);
    try {
      Files.createDirectories(FILE.getParent());
      Files.writeString(FILE, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Median, 99th percentile and maximum of durations.
  static void spread(String what, List<Long> nanos) {
    var sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
    say(
        what,
        String.format(
            Locale.ROOT,
            "n %4d   p50 %7.1f ms   p99 %7.1f ms   max %7.1f ms",
            sorted.length,
            millis(at(sorted, 0.50)),
            millis(at(sorted, 0.99)),
            millis(sorted[sorted.length - 1])));
  }

  private static long at(long[] sorted, double share) {
    return sorted[Math.min(sorted.length - 1, (int) (sorted.length * share))];
  }

  private static double millis(long nanos) {
    return nanos / 1e6;
  }
}
