package propusk.app.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// One round of a soak, all of it decided by chance before it begins.
record Round(List<Walk> walks, List<Blow> blows) {
  private static final int MOST_MILLIS = 2_500;

  /// A login, and when it begins.
  record Walk(Course course, int afterMillis) {}

  /// A kill: when after the one before, of what, and at which named point if at one.
  record Blow(Part part, Optional<CrashPoint> point, int afterMillis, boolean cutBefore) {}

  static Round draw(RandomGenerator random) {
    var walks = new ArrayList<Walk>();
    int logins = 10 + random.nextInt(6);
    for (int i = 0; i < logins; i++) {
      walks.add(new Walk(course(random), random.nextInt(MOST_MILLIS)));
    }
    var blows = new ArrayList<Blow>();
    int kills = 5 + random.nextInt(3);
    for (int i = 0; i < kills; i++) {
      // While everything still runs somebody comes to a point for sure.
      blows.add(blow(random, i == 0 ? 75 : 20));
    }
    return new Round(walks, blows);
  }

  private static Course course(RandomGenerator random) {
    int roll = random.nextInt(100);
    if (roll < 38) return Course.RIGHT;
    if (roll < 48) return Course.AGAIN;
    if (roll < 55) return Course.TWICE;
    if (roll < 63) return Course.PASSWORD;
    if (roll < 77) return Course.WRONG;
    if (roll < 87) return Course.CANCEL;
    if (roll < 94) return Course.EXPIRE;
    return Course.REFUSAL;
  }

  private static Blow blow(RandomGenerator random, int atPoint) {
    var points = CrashPoint.values();
    var point =
        random.nextInt(100) < atPoint
            ? Optional.of(points[random.nextInt(points.length)])
            : Optional.<CrashPoint>empty();
    var part = point.map(CrashPoint::runner).filter(_ -> random.nextInt(100) < 70);
    int roll = random.nextInt(100);
    var any = roll < 35 ? Part.WORKER : roll < 65 ? Part.WEB : Part.POSTGRES;
    return new Blow(part.orElse(any), point, random.nextInt(1_500), random.nextInt(100) < 10);
  }
}
