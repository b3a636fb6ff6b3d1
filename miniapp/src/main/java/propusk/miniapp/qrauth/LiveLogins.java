package propusk.miniapp.qrauth;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jdbi.v3.core.Jdbi;
import propusk.domain.login.LoginId;
import propusk.domain.login.LoginLinks;
import propusk.domain.login.Logins;
import propusk.domain.seal.Secret;

/// What owners see of their logins, read from the rows. Safe for use by many threads.
///
/// Those who ask again and again by polling may get a row that was read up to a second ago; a hint
/// that the login changed makes the next answer fresh.
final class LiveLogins {
  private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int CAPACITY = 10_000;

  private final Jdbi jdbi;
  private final Logins logins;
  private final LoginLinks links;
  private final LoginViews views;
  private final LongSupplier nanoTime;
  private final Map<String, Kept> kept = new ConcurrentHashMap<>();

  private record Kept(Secret bearer, RecentView view, long readAt) {}

  LiveLogins(Jdbi jdbi, Logins logins, LoginLinks links, LoginViews views, LongSupplier nanoTime) {
    this.jdbi = jdbi;
    this.logins = logins;
    this.links = links;
    this.views = views;
    this.nanoTime = nanoTime;
  }

  /// What this bearer may see now; empty when it does not belong to this login, or not any more.
  Optional<OwnerView> read(LoginId id, Secret bearer) {
    return jdbi.withHandle(handle ->
        logins
            .view(handle, id, bearer)
            .map(seen -> new OwnerView(seen, links.secondScreen(handle, seen.login()))));
  }

  /// The same as JSON, from a row read at most a second ago.
  Optional<byte[]> recent(LoginId id, Secret bearer) {
    var known = kept.get(id.value());
    long now = nanoTime.getAsLong();
    if (known != null && now - known.readAt() < KEPT_NANOS && known.bearer().equals(bearer)) {
      return Optional.of(known.view().json());
    }
    var view = read(id, bearer).map(snapshot -> new RecentView(snapshot, views));
    if (kept.size() >= CAPACITY) {
      kept.clear();
    }
    view.ifPresent(read -> kept.put(id.value(), new Kept(bearer, read, now)));
    return view.map(RecentView::json);
  }

  void hint(String id) {
    kept.remove(id);
  }

  void hintAll() {
    kept.clear();
  }
}
