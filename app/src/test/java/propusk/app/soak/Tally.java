package propusk.app.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a soak has counted so far; kept in a file after each round, so that it can be gone on with.
final class Tally {
  /// The next round's number: rounds that were done are not done again.
  public int round;

  public int kills;
  public int cuts;
  public int ledgers;
  public int ownEnds;
  public long seconds;

  /// By process.
  public Map<String, Integer> killed = new TreeMap<>();

  /// By named point and process; `anywhere` for a random moment.
  public Map<String, Integer> points = new TreeMap<>();

  /// By course and end.
  public Map<String, Integer> ends = new TreeMap<>();

  /// From `kill -9` until the process answers again, by process, in milliseconds.
  public Map<String, List<Long>> recoveries = new TreeMap<>();

  /// From the moment everything answers again to the round's last end, in milliseconds.
  public List<Long> lastEnds = new ArrayList<>();

  public List<String> violations = new ArrayList<>();

  synchronized void killed(Part part, String point) {
    kills++;
    killed.merge(part.toString(), 1, Integer::sum);
    points.merge(point + ", " + part, 1, Integer::sum);
  }

  synchronized void ended(Course course, String end) {
    ends.merge(course + " → " + end, 1, Integer::sum);
  }

  synchronized void recovered(Part part, long millis) {
    recoveries.computeIfAbsent(part.toString(), _ -> new ArrayList<>()).add(millis);
  }

  synchronized void violated(String what) {
    violations.add(what);
  }

  int logins() {
    return ends.values().stream().mapToInt(Integer::intValue).sum();
  }
}
