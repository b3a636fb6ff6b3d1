package propusk.app.soak;

import java.util.Map;
import org.jdbi.v3.core.JdbiException;
import propusk.app.story.Await;
import propusk.sandbox.person.SandboxPerson;

/// Leads logins the ways of [Course], each to whatever end it comes.
record Walks(Machine machine, Book book) {

  /// Who takes part, made before anything is killed.
  ///
  /// @param owner whose login it is
  /// @param stranger who scans where somebody else does
  /// @param invite empty for who is connected already
  record Cast(SandboxPerson owner, SandboxPerson stranger, String invite) {}

  /// @return the end as the page says it
  String lead(Course course, Cast cast) {
    return switch (course) {
      case RIGHT, AGAIN -> scanned(asked(cast));
      case TWICE -> twice(cast);
      case PASSWORD -> password(cast);
      case WRONG -> refused(asked(cast), cast.stranger());
      case CANCEL -> cancelled(asked(cast));
      case EXPIRE -> expired(asked(cast));
      case REFUSAL -> flooded(cast);
    };
  }

  private Errand asked(Cast cast) {
    return new Errand(book, cast.owner()).ask(cast.invite()).open();
  }

  private static String scanned(Errand errand) {
    errand.scannedBy(errand.person());
    return errand.awaitEnd();
  }

  private String twice(Cast cast) {
    var first = asked(cast);
    var second = asked(cast);
    first.awaitEnd();
    return scanned(second);
  }

  /// Who is asked for the password gives up: where it is typed in has tests of its own.
  private String password(Cast cast) {
    cast.owner().setPassword("correct horse");
    var errand = asked(cast);
    errand.scannedBy(cast.owner());
    return errand.awaitEndUnlessAsked().orElseGet(() -> cancelled(errand));
  }

  /// A worker that dies between the log-out and its words shows another code: the owner gives up.
  private static String refused(Errand errand, SandboxPerson stranger) {
    var link = errand.link();
    errand.scannedBy(stranger);
    return errand.awaitEndUnlessShown(link).orElseGet(() -> cancelled(errand));
  }

  private static String cancelled(Errand errand) {
    return errand.cancel().awaitEnd();
  }

  private String expired(Errand errand) {
    errand.link();
    Await.until("the page's time to be over", () -> timePassed(errand.login()));
    return errand.awaitEnd();
  }

  private boolean timePassed(String login) {
    try {
      machine
          .rows()
          .useHandle(handle ->
              handle.execute(
                  "UPDATE login SET deadline = created_at WHERE id = ? AND ended_at IS NULL",
                  login));
      return true;
    } catch (JdbiException away) {
      return false;
    }
  }

  /// The refusal meets whoever asks Telegram for a link next: this login, most likely.
  private String flooded(Cast cast) {
    machine.addFault(
        Map.of(
            "method", "auth.exportLoginToken", "code", 420, "text", "FLOOD_WAIT_30", "times", 1));
    return scanned(asked(cast));
  }
}
