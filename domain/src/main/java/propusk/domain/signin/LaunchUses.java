package propusk.domain.signin;

import java.time.Instant;
import java.time.InstantSource;
import org.jdbi.v3.core.Handle;
import propusk.domain.time.Times;

/// Launches of the Mini App by whose init data a browser has entered, and results of the Login
/// Widget: each counts once. Stateless; every call runs in the caller's transaction.
public final class LaunchUses {
  private final InstantSource clock;

  public LaunchUses(InstantSource clock) {
    this.clock = clock;
  }

  /// Whether this launch was not used before; now it is.
  public boolean first(Handle handle, byte[] fingerprint) {
    return handle
            .createUpdate(
                """
                INSERT INTO launch_use (fingerprint, used_at) VALUES (:fingerprint, :now) ON CONFLICT DO NOTHING
                """)
            .bind("fingerprint", fingerprint)
            .bind("now", Times.column(clock.instant()))
            .execute()
        == 1;
  }

  /// Deletes what was used before this moment: too old to count anyway.
  public int forget(Handle handle, Instant before) {
    return handle
        .createUpdate("DELETE FROM launch_use WHERE used_at < :before")
        .bind("before", Times.column(before))
        .execute();
  }
}
