package propusk.app.soak;

import java.util.Locale;

/// The named places between `/login` and the last message where a process dies.
///
/// `…_UNHEARD`: the transaction commits, and who asked for it never hears so.
enum CrashPoint {
  REQUESTING(Part.WEB, Course.RIGHT, new Place.Change("login", "INSERT", "true")),
  REQUESTED_UNHEARD(Part.WEB, Course.RIGHT, new Place.Commit("login", "INSERT", "true")),
  OPENING(Part.WEB, Course.RIGHT, new Place.Change("login", "UPDATE", moves("requested"))),
  OPENED_UNHEARD(Part.WEB, Course.RIGHT, new Place.Commit("login", "UPDATE", moves("requested"))),
  CLAIMED(Part.WORKER, Course.RIGHT, new Place.Change("login", "UPDATE", namesFiles())),
  FILES_NAMED_UNHEARD(Part.WORKER, Course.RIGHT, new Place.Commit("login", "UPDATE", namesFiles())),
  ASKING_FOR_A_LINK(Part.WORKER, Course.RIGHT, new Place.Call("auth.exportLoginToken")),
  LINKING(Part.WORKER, Course.RIGHT, new Place.Change("login", "UPDATE", becomes("awaiting_scan"))),
  LINKED_UNHEARD(
      Part.WORKER, Course.RIGHT, new Place.Commit("login", "UPDATE", becomes("awaiting_scan"))),
  SCANNED(Part.WORKER, Course.RIGHT, new Place.Call("auth.exportLoginToken"), true),
  AUTHORIZING(
      Part.WORKER, Course.RIGHT, new Place.Change("login", "UPDATE", becomes("finalizing")), true),
  AUTHORIZED_UNHEARD(
      Part.WORKER, Course.RIGHT, new Place.Commit("login", "UPDATE", becomes("finalizing")), true),
  REDEEMING(
      Part.WORKER, Course.RIGHT, new Place.Change("invite", "UPDATE", "NEW.used > OLD.used"), true),
  STORING(Part.WORKER, Course.RIGHT, new Place.Change("telegram_session", "INSERT", "true"), true),
  COMPLETING(
      Part.WORKER, Course.RIGHT, new Place.Change("login", "UPDATE", becomes("completed")), true),
  COMPLETED_UNHEARD(
      Part.WORKER, Course.RIGHT, new Place.Commit("login", "UPDATE", becomes("completed")), true),
  WIPED(Part.WORKER, Course.RIGHT, new Place.Change("login", "UPDATE", forgetsFiles()), true),
  WIPED_UNHEARD(
      Part.WORKER, Course.RIGHT, new Place.Commit("login", "UPDATE", forgetsFiles()), true),
  TELLING(Part.WEB, Course.RIGHT, new Place.Call("sendMessage"), true),
  CANCELLING(
      Part.WEB, Course.CANCEL, new Place.Change("login", "UPDATE", becomes("cancelled")), true),
  CANCELLED_UNHEARD(
      Part.WEB, Course.CANCEL, new Place.Commit("login", "UPDATE", becomes("cancelled")), true),
  LOGGING_OUT_A_STRANGER(Part.WORKER, Course.WRONG, new Place.Call("auth.logOut"), true),
  REFUSING(Part.WORKER, Course.WRONG, new Place.Change("login", "UPDATE", becomes("failed")), true),
  REFUSED_UNHEARD(
      Part.WORKER, Course.WRONG, new Place.Commit("login", "UPDATE", becomes("failed")), true),
  WIPED_AFTER_REFUSAL(
      Part.WORKER, Course.WRONG, new Place.Change("login", "UPDATE", forgetsFiles()), true);

  private final Part runner;
  private final Course course;

  @SuppressWarnings("ImmutableEnumChecker") // a record of texts
  private final Place place;

  private final boolean afterTheCode;

  CrashPoint(Part runner, Course course, Place place) {
    this(runner, course, place, false);
  }

  CrashPoint(Part runner, Course course, Place place, boolean afterTheCode) {
    this.runner = runner;
    this.course = course;
    this.place = place;
    this.afterTheCode = afterTheCode;
  }

  /// The process that is there.
  Part runner() {
    return runner;
  }

  /// The way that leads there.
  Course course() {
    return course;
  }

  Place place() {
    return place;
  }

  /// Whether it is reached only once a code was shown; what comes before would stop there too.
  boolean afterTheCode() {
    return afterTheCode;
  }

  private static String becomes(String phase) {
    return "NEW.phase = '%1$s' AND OLD.phase <> '%1$s'".formatted(phase);
  }

  private static String namesFiles() {
    return "OLD.scratch_path IS NULL AND NEW.scratch_path IS NOT NULL";
  }

  private static String forgetsFiles() {
    return "OLD.scratch_path IS NOT NULL AND NEW.scratch_path IS NULL";
  }

  private static String moves(String from) {
    return "OLD.phase = '%1$s' AND NEW.phase <> '%1$s'".formatted(from);
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
