package propusk.miniapp.edge;

import java.net.InetAddress;
import java.util.Optional;

/// An address or a network in CIDR form, such as `127.0.0.1` or `10.0.0.0/8`.
public final class Network {
  private final byte[] address;
  private final int prefix;

  private Network(byte[] address, int prefix) {
    this.address = address;
    this.prefix = prefix;
  }

  /// Empty when the text is neither an address nor a network. No name is ever looked up.
  public static Optional<Network> parse(String text) {
    int slash = text.indexOf('/');
    try {
      var address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash)).getAddress();
      int longest = address.length * Byte.SIZE;
      int prefix = slash < 0 ? longest : Integer.parseInt(text.substring(slash + 1));
      return prefix < 0 || prefix > longest
          ? Optional.empty()
          : Optional.of(new Network(address, prefix));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  public boolean contains(InetAddress other) {
    var bytes = other.getAddress();
    if (bytes.length != address.length) {
      return false;
    }
    for (int bit = 0; bit < prefix; bit++) {
      int mask = 0x80 >> (bit % Byte.SIZE);
      if (((bytes[bit / Byte.SIZE] ^ address[bit / Byte.SIZE]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }
}
