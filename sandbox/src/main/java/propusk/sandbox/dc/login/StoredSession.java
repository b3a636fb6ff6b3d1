package propusk.sandbox.dc.login;

import java.time.Instant;
import propusk.sandbox.dc.PersonSession;

/// A person's session as the world keeps it.
///
/// @param key the permanent key of the client that holds it
/// @param passwordPending whether the client still has to give the two-step password
record StoredSession(PersonSession session, long key, boolean passwordPending) {

  StoredSession activeAt(Instant at) {
    var active =
        new PersonSession(
            session.id(),
            session.personId(),
            session.deviceModel(),
            session.platform(),
            session.appName(),
            session.appVersion(),
            session.createdAt(),
            at);
    return new StoredSession(active, key, passwordPending);
  }

  StoredSession complete() {
    return new StoredSession(session, key, false);
  }
}
