package propusk.miniapp.edge;

import java.net.URI;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Whose pages may send unsafe requests: our own and the listed ones.
///
/// A request without an Origin comes from no page (browsers always send one with POST), so it is
/// judged by its credentials alone. A form of ours says `null`, because our pages send no referrer;
/// there the browser's own word that it stays on our site counts ([Fetch
/// Metadata](https://www.w3.org/TR/fetch-metadata/): no page can set that header).
public final class Origins {
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

  private final String own;
  private final Set<String> others = new TreeSet<>();

  public Origins(URI baseUrl, Collection<String> others) {
    own = origin(baseUrl);
    others.forEach(other -> this.others.add(origin(URI.create(other))));
    this.others.remove(own);
  }

  boolean allow(String method, @Nullable String origin, @Nullable String fetchSite) {
    if (SAFE.contains(method) || origin == null) {
      return true;
    }
    return origin.equals("null") ? "same-origin".equals(fetchSite) : isListed(origin);
  }

  /// Whether this is our own origin or one of the listed sites'.
  public boolean isListed(String origin) {
    return origin.equals(own) || isOther(origin);
  }

  /// Whether this is the origin of one of the listed other sites.
  public boolean isOther(String origin) {
    return others.contains(origin);
  }

  /// Scheme, host and port of an address, without a default port, as browsers write it.
  public static String origin(URI address) {
    var scheme = address.getScheme().toLowerCase(Locale.ROOT);
    var host = address.getHost().toLowerCase(Locale.ROOT);
    int port = address.getPort();
    boolean usual = port < 0 || port == (scheme.equals("https") ? 443 : 80);
    return scheme + "://" + host + (usual ? "" : ":" + port);
  }
}
