package propusk.miniapp.edge;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/// Where a request came from.
public record ClientAddress(InetAddress ip) {
  private static final int HOUSEHOLD_BYTES = 8;

  /// What limits count by: an IPv4 address, or the /64 network that one household has in IPv6.
  public String subject() {
    if (ip instanceof Inet6Address) {
      var network = Arrays.copyOf(ip.getAddress(), HOUSEHOLD_BYTES);
      return HexFormat.ofDelimiter(":").formatHex(network) + "/64";
    }
    return ip.getHostAddress();
  }
}
