package propusk.miniapp.edge;

import io.javalin.http.Context;
import org.jdbi.v3.core.Jdbi;
import propusk.domain.key.ServiceKey;
import propusk.domain.key.ServiceKeys;

/// For endpoints that an organization's own site or bot calls: `Authorization: Bearer` with a
/// service key. Whoever shows none that counts gets a 401; what the key may see is one
/// organization's.
public final class KeyDoor {
  private final Jdbi jdbi;
  private final ServiceKeys keys;

  public KeyDoor(Jdbi jdbi, ServiceKeys keys) {
    this.jdbi = jdbi;
    this.keys = keys;
  }

  /// The key that this request shows.
  public ServiceKey require(Context ctx) {
    return Requests.bearer(ctx.header("Authorization"))
        .flatMap(secret -> jdbi.inTransaction(handle -> keys.check(handle, secret)))
        .orElseThrow(() -> new Refused(Problem.SERVICE_KEY_INVALID));
  }
}
