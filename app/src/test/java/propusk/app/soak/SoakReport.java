package propusk.app.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What a soak found, as a page of the documentation.
///
/// @param asked kills that were asked for; the last round may bring one or two more
record SoakReport(Tally tally, int asked, long seed, LocalDate date) {

  void write(Path file) {
    try {
      Files.writeString(file, text());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String text() {
    var text = new StringBuilder();
    text.append(
        """
        # Soak

        `./propusk soak --kills %d --seed %d` on %s: web, worker and PostgreSQL as processes of their own, ended by `kill -9` while people log in.
        Login tokens live %d s here, so that a scan that lands while no client lives is soon learnt of. Everything ran on one machine of 2 cores.

        | | |
        |---|---|
        | kills | %d |
        | connections to PostgreSQL cut besides | %d |
        | logins | %d |
        | rounds | %d |
        | ledgers held against the rows | %d |
        | processes that ended by themselves | %d |
        | time | %d min |
        | **violations** | **%d** |

        """
            .formatted(
                asked,
                seed,
                date,
                Machine.TOKEN_SECONDS,
                tally.kills,
                tally.cuts,
                tally.logins(),
                tally.round,
                tally.ledgers,
                tally.ownEnds,
                Duration.ofSeconds(tally.seconds).toMinutes(),
                tally.violations.size()));
    text.append(
        """
        The ledger compares what Telegram's side (the sandbox) and people (chat, page) know with our rows: I1 to I6 of [ARCHITECTURE.md](../ARCHITECTURE.md), and that nothing is left behind.
        `LedgerTest` shows of each check that it finds what it looks for; `CrashPointTest` goes to each named point once.

        """);
    if (!tally.violations.isEmpty()) {
      text.append("## Violations\n\n");
      tally.violations.forEach(each -> text.append("- ").append(each).append('\n'));
      text.append('\n');
    }
    table(text, "Kills", "process", "kills", tally.killed);
    recoveries(text);
    table(text, "Where", "point, process", "kills", tally.points);
    table(text, "Logins", "how it was led → how it ended", "logins", tally.ends);
    return text.toString();
  }

  private void recoveries(StringBuilder text) {
    text.append("## Recovery\n\n| | n | p50 | p99 | max |\n|---|---|---|---|---|\n");
    tally.recoveries.forEach(
        (part, millis) -> line(text, "`kill -9` of " + part + " → it answers again", millis));
    line(text, "everything answers → the round's last login ended", tally.lastEnds);
    text.append('\n');
  }

  private static void line(StringBuilder text, String what, List<Long> millis) {
    var sorted = millis.stream().sorted().toList();
    if (sorted.isEmpty()) return;
    text.append(
        String.format(
            Locale.ROOT,
            "| %s | %d | %.1f s | %.1f s | %.1f s |%n",
            what,
            sorted.size(),
            at(sorted, 0.5),
            at(sorted, 0.99),
            sorted.getLast() / 1e3));
  }

  private static double at(List<Long> sorted, double share) {
    return sorted.get(Math.min(sorted.size() - 1, (int) (sorted.size() * share))) / 1e3;
  }

  private static void table(
      StringBuilder text, String title, String first, String second, Map<String, Integer> counts) {
    text.append("## %s%n%n| %s | %s |%n|---|---|%n".formatted(title, first, second));
    counts.forEach((what, count) -> text.append("| %s | %d |%n".formatted(what, count)));
    text.append('\n');
  }
}
