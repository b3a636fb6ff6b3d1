package propusk.domain.login;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import propusk.domain.time.Times;

/// The rows of tabs that opened a login's page.
final class LoginPages {

  /// The login of a tab's bearer, if both belong together and the bearer still counts.
  Optional<Login> find(Handle handle, LoginId id, byte[] bearerHash, Instant now) {
    return handle
        .createQuery(
            LoginStore.SELECT
                + """
                WHERE l.id = :id AND EXISTS (SELECT 1 FROM login_page g
                  WHERE g.bearer_hash = :bearer AND g.login_id = l.id AND g.expires_at > :now)
                """)
        .bind("id", id.value())
        .bind("bearer", bearerHash)
        .bind("now", Times.column(now))
        .map(LoginRow::login)
        .findOne();
  }

  /// Whether these init data were used for this login by a tab with another secret.
  boolean replayed(Handle handle, LoginId id, byte[] initDataHash, byte[] tabHash) {
    return handle
        .createQuery(
            """
            SELECT EXISTS (SELECT 1 FROM login_page
              WHERE login_id = :id AND init_data_hash = :data AND tab_hash <> :tab)
            """)
        .bind("id", id.value())
        .bind("data", initDataHash)
        .bind("tab", tabHash)
        .mapTo(Boolean.class)
        .one();
  }

  void insertPage(
      Handle handle,
      LoginId id,
      byte[] bearerHash,
      byte[] tabHash,
      byte[] initDataHash,
      Instant now,
      Duration life) {
    handle
        .createUpdate(
            """
            INSERT INTO login_page (bearer_hash, login_id, tab_hash, init_data_hash, opened_at, expires_at)
            VALUES (:bearer, :id, :tab, :data, :now, :expires)
            """)
        .bind("bearer", bearerHash)
        .bind("id", id.value())
        .bind("tab", tabHash)
        .bind("data", initDataHash)
        .bind("now", Times.column(now))
        .bind("expires", Times.column(now.plus(life)))
        .execute();
  }
}
