package propusk.miniapp.qr;

import java.util.LinkedHashMap;
import java.util.Map;
import propusk.domain.login.LoginId;

/// QR codes kept with their login tokens: each is drawn once, the oldest drop out. Safe for use by
/// many threads.
public final class QrImages {
  // A run that starts over counts its tokens anew, so the number alone does not name a link.
  private record Key(LoginId login, int seq, String link) {}

  private final Map<Key, String> drawn;

  public QrImages(int capacity) {
    drawn =
        new LinkedHashMap<>(64, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<Key, String> eldest) {
            return size() > capacity;
          }
        };
  }

  /// The SVG of this login's QR number `seq`, which shows `link`.
  public String svg(LoginId login, int seq, String link) {
    var key = new Key(login, seq, link);
    synchronized (drawn) {
      var known = drawn.get(key);
      if (known != null) {
        return known;
      }
    }
    var svg = QrSvg.draw(link);
    synchronized (drawn) {
      drawn.put(key, svg);
    }
    return svg;
  }
}
