package propusk.domain.login;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import propusk.domain.seal.Sealer;
import propusk.domain.seal.Secret;
import propusk.domain.time.Times;

/// What crosses between web and worker for a moment: sealed with SECRET_KEY, bound to its login and
/// kind.
final class LoginSecrets {
  private final Sealer sealer;
  private final InstantSource clock;

  enum Kind {
    LINK("link"),
    /// The secret part of `/connect/…`.
    PAGE_LINK("page_link"),
    PAGE_CODE("page_code"),
    /// Handed in by the person, until the worker takes it.
    PASSWORD("password"),
    /// The same.
    CODE("code"),
    /// The number of a phone login, until its end: a run that starts over needs it again.
    PHONE("phone");

    private final String column;

    Kind(String column) {
      this.column = column;
    }
  }

  LoginSecrets(Sealer sealer, InstantSource clock) {
    this.sealer = sealer;
    this.clock = clock;
  }

  void put(Handle handle, LoginId id, Kind kind, Secret secret) {
    handle
        .createUpdate(
            """
            INSERT INTO login_secret (login_id, kind, sealed, put_at) VALUES (:id, :kind, :sealed, :now)
            ON CONFLICT (login_id, kind) DO UPDATE SET sealed = excluded.sealed, put_at = excluded.put_at
            """)
        .bind("id", id.value())
        .bind("kind", kind.column)
        .bind("sealed", sealer.seal(secret.value().getBytes(UTF_8), associatedData(id, kind)))
        .bind("now", Times.column(clock.instant()))
        .execute();
  }

  Optional<Secret> find(Handle handle, LoginId id, Kind kind) {
    return handle
        .createQuery("SELECT sealed FROM login_secret WHERE login_id = :id AND kind = :kind")
        .bind("id", id.value())
        .bind("kind", kind.column)
        .map((row, _) -> row.getBytes("sealed"))
        .findOne()
        .map(
            sealed -> new Secret(new String(sealer.open(sealed, associatedData(id, kind)), UTF_8)));
  }

  /// Found for the last time.
  Optional<Secret> take(Handle handle, LoginId id, Kind kind) {
    var secret = find(handle, id, kind);
    delete(handle, id, kind);
    return secret;
  }

  void delete(Handle handle, LoginId id, Kind kind) {
    handle
        .createUpdate("DELETE FROM login_secret WHERE login_id = :id AND kind = :kind")
        .bind("id", id.value())
        .bind("kind", kind.column)
        .execute();
  }

  void delete(Handle handle, LoginId id) {
    handle
        .createUpdate("DELETE FROM login_secret WHERE login_id = :id")
        .bind("id", id.value())
        .execute();
  }

  private static String associatedData(LoginId id, Kind kind) {
    return "login_secret/" + kind.column + "/" + id.value();
  }
}
