package propusk.miniapp.edge;

import io.javalin.http.Context;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Tells where a request came from. What `X-Forwarded-For` says is believed only of a proxy that
/// the operator listed: anybody else could write any address there.
public final class ClientAddresses {
  private static final String FORWARDED = "X-Forwarded-For";

  private final List<Network> trustedProxies;

  public ClientAddresses(List<Network> trustedProxies) {
    this.trustedProxies = List.copyOf(trustedProxies);
  }

  /// The peer, or, behind our own proxies, the last address in the list that is none of them.
  public ClientAddress of(Context ctx) {
    var client = literal(ctx.req().getRemoteAddr());
    var hops = hops(Collections.list(ctx.req().getHeaders(FORWARDED)));
    for (var hop : hops.reversed()) {
      if (!trusted(client)) {
        break;
      }
      try {
        client = literal(hop);
      } catch (IllegalArgumentException e) {
        // What stands before a malformed entry cannot be trusted either.
        break;
      }
    }
    return new ClientAddress(client);
  }

  private boolean trusted(InetAddress address) {
    return trustedProxies.stream().anyMatch(network -> network.contains(address));
  }

  private static List<String> hops(List<String> headers) {
    var hops = new ArrayList<String>();
    headers.forEach(header -> hops.addAll(List.of(header.split(","))));
    return hops;
  }

  private static InetAddress literal(String text) {
    var bare = text.strip();
    return InetAddress.ofLiteral(
        bare.startsWith("[") && bare.endsWith("]") ? bare.substring(1, bare.length() - 1) : bare);
  }
}
