package propusk.domain.login;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import propusk.domain.time.Times;

/// The rows of links and codes.
final class LinkStore {
  enum Kind {
    PAGE_LINK("page_link"),
    PAGE_CODE("page_code"),
    PASSWORD_LINK("password_link");

    private final String column;

    Kind(String column) {
      this.column = column;
    }
  }

  /// @param spent whether it was used
  record Link(LoginId login, boolean spent) {}

  /// False: there is one with this hash, used or not.
  boolean insert(Handle handle, byte[] hash, LoginId login, Kind kind, Instant now) {
    return handle
            .createUpdate(
                """
                INSERT INTO login_link (hash, login_id, kind, created_at) VALUES (:hash, :login, :kind, :now)
                ON CONFLICT DO NOTHING
                """)
            .bind("hash", hash)
            .bind("login", login.value())
            .bind("kind", kind.column)
            .bind("now", Times.column(now))
            .execute()
        == 1;
  }

  Optional<Link> find(Handle handle, byte[] hash, Kind kind) {
    return handle
        .createQuery(
            "SELECT login_id, spent_at IS NOT NULL AS spent FROM login_link WHERE hash = :hash AND"
                + " kind = :kind")
        .bind("hash", hash)
        .bind("kind", kind.column)
        .map((row, _) -> new Link(new LoginId(row.getString("login_id")), row.getBoolean("spent")))
        .findOne();
  }

  /// Spends what of this kind a login has.
  void spend(Handle handle, LoginId login, Kind kind, Instant now) {
    handle
        .createUpdate(
            """
            UPDATE login_link SET spent_at = :now
            WHERE login_id = :login AND kind = :kind AND spent_at IS NULL
            """)
        .bind("login", login.value())
        .bind("kind", kind.column)
        .bind("now", Times.column(now))
        .execute();
  }
}
