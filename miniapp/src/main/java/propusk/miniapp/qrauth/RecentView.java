package propusk.miniapp.qrauth;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A login as it was just read, and its JSON, which is written anew as its clocks go on: they may
/// lag by a tenth of a second. Safe for use by many threads.
final class RecentView {
  private static final Duration LAG = Duration.ofMillis(100);

  private final OwnerView snapshot;
  private final LoginViews views;
  private volatile @Nullable Written written;

  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  private record Written(byte[] json, Instant at) {}

  RecentView(OwnerView snapshot, LoginViews views) {
    this.snapshot = snapshot;
    this.views = views;
  }

  byte[] json() {
    var now = views.now();
    var last = written;
    if (last != null && now.isBefore(last.at().plus(LAG))) {
      return last.json();
    }
    var json = views.bytes(views.full(snapshot));
    written = new Written(json, now);
    return json;
  }
}
