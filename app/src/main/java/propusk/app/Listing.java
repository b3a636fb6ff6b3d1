package propusk.app;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/// What an operator's command prints: JSON for programs, else a table for people. Instants are in
/// UTC, to the second.
final class Listing {
  private final PrintWriter out;
  private final boolean json;

  Listing(PrintWriter out, boolean json) {
    this.out = out;
    this.json = json;
  }

  /// A row from names and values in turn; an empty value is left out of JSON and blank in a table.
  static Map<String, Object> row(Object... namesAndValues) {
    var row = new LinkedHashMap<String, Object>();
    for (int n = 0; n < namesAndValues.length; n += 2) {
      row.put((String) namesAndValues[n], plain(namesAndValues[n + 1]));
    }
    return row;
  }

  /// Many rows of the same names.
  ///
  /// @param none what people read where there are no rows
  void rows(List<Map<String, Object>> rows, String none) {
    if (json) {
      print(rows.stream().map(Listing::present).toList());
    } else if (rows.isEmpty()) {
      out.println(none);
    } else {
      table(rows);
    }
    out.flush();
  }

  /// One thing, a line for each of its names.
  void one(Map<String, Object> row) {
    if (json) {
      print(present(row));
    } else {
      int width = row.keySet().stream().mapToInt(String::length).max().orElse(0);
      row.forEach((name, value) -> out.println(padded(name, width) + "  " + value));
    }
    out.flush();
  }

  /// A sentence for people, the same fact as JSON for programs.
  void done(String sentence, Map<String, Object> row) {
    if (json) {
      print(present(row));
    } else {
      out.println(sentence);
    }
    out.flush();
  }

  private void table(List<Map<String, Object>> rows) {
    var names = List.copyOf(rows.getFirst().keySet());
    List<List<String>> lines = new ArrayList<>();
    lines.add(names);
    rows.forEach(
        row -> lines.add(names.stream().map(name -> String.valueOf(row.get(name))).toList()));
    var widths =
        names.stream()
            .map(name ->
                lines.stream()
                    .mapToInt(line -> line.get(names.indexOf(name)).length())
                    .max()
                    .orElse(0))
            .toList();
    for (var line : lines) {
      var text = new StringBuilder();
      for (int column = 0; column < names.size(); column++) {
        text.append(padded(line.get(column), widths.get(column))).append("  ");
      }
      out.println(text.toString().stripTrailing());
    }
  }

  private void print(Object value) {
    out.println(JsonMapper.shared().writeValueAsString(value));
  }

  private static Map<String, Object> present(Map<String, Object> row) {
    var kept = new LinkedHashMap<String, Object>(row);
    kept.values().removeIf(""::equals);
    return kept;
  }

  private static Object plain(Object value) {
    return switch (value) {
      case Optional<?> maybe -> maybe.map(Listing::plain).orElse("");
      case Instant at -> at.truncatedTo(ChronoUnit.SECONDS).toString();
      default -> value;
    };
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(width - text.length());
  }
}
