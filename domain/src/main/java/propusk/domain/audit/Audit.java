package propusk.domain.audit;

import org.jdbi.v3.core.Handle;

/// A book of what operators and admins did.
public final class Audit {

  public void record(Handle handle, String actor, String action, String subject) {
    handle
        .createUpdate(
            "INSERT INTO audit (actor, action, subject) VALUES (:actor, :action, :subject)")
        .bind("actor", actor)
        .bind("action", action)
        .bind("subject", subject)
        .execute();
  }
}
