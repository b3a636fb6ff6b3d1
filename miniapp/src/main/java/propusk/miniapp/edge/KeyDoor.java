package propusk.miniapp.edge;

import io.javalin.http.Context;
import java.time.Instant;
import java.time.InstantSource;
import org.jdbi.v3.core.Jdbi;
import propusk.domain.key.ServiceKey;
import propusk.domain.key.ServiceKeys;
import propusk.domain.limit.Limit;
import propusk.domain.limit.Limits;

/// For endpoints that an organization's own site or bot calls: `Authorization: Bearer` with a
/// service key. Whoever shows none that counts gets a 401, and after some of them a 429; what the
/// key may see is one organization's.
public final class KeyDoor {
  private final Jdbi jdbi;
  private final ServiceKeys keys;
  private final Limits limits;
  private final ClientAddresses addresses;
  private final InstantSource clock;

  public KeyDoor(
      Jdbi jdbi, ServiceKeys keys, Limits limits, ClientAddresses addresses, InstantSource clock) {
    this.jdbi = jdbi;
    this.keys = keys;
    this.limits = limits;
    this.addresses = addresses;
    this.clock = clock;
  }

  /// The key that this request shows. Wrong ones are counted, though none can be guessed.
  public ServiceKey require(Context ctx) {
    var address = addresses.of(ctx).subject();
    jdbi.withHandle(handle -> limits.closedUntil(handle, Limit.KEY_GUESS_PER_ADDRESS, address))
        .ifPresent(this::refuse);
    var key =
        Requests.bearer(ctx.header("Authorization"))
            .flatMap(secret -> jdbi.inTransaction(handle -> keys.check(handle, secret)));
    return key.orElseThrow(() -> {
      jdbi.useTransaction(handle -> limits.count(handle, Limit.KEY_GUESS_PER_ADDRESS, address));
      return new Refused(Problem.SERVICE_KEY_INVALID);
    });
  }

  /// The same for what one key may do so often only.
  public ServiceKey require(Context ctx, Limit limit) {
    var key = require(ctx);
    jdbi.inTransaction(handle -> limits.take(handle, limit, Long.toString(key.id().value())))
        .ifPresent(this::refuse);
    return key;
  }

  private void refuse(Instant until) {
    throw new Refused(
        Problem.of(429, "too_many_attempts", "Too many attempts")
            .withRetryAfter(clock.instant(), until));
  }
}
