package propusk.sandbox.dc;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import propusk.sandbox.dc.crypto.ServerKey;
import propusk.sandbox.world.Shelf;
import propusk.sandbox.world.World;

/// What clients know a data centre by. Made once for a world, and kept even when that is reset.
///
/// @param proxySecret 16 bytes in hexadecimal
record Identity(ServerKey key, String proxySecret) {
  private static final String KEY = "data_centre_key";
  private static final String SECRET = "data_centre_proxy_secret";

  static Identity of(World world, SecureRandom random) {
    var kept = world.shelf(World.KEPT + "/data_centre", String.class, String.class);
    if (kept.find(KEY).isEmpty()) {
      make(kept, random);
    }
    var key = ServerKey.ofPkcs8(Base64.getDecoder().decode(kept.find(KEY).orElseThrow()));
    return new Identity(key, kept.find(SECRET).orElseThrow());
  }

  byte[] secretBytes() {
    return HexFormat.of().parseHex(proxySecret);
  }

  private static void make(Shelf<String, String> kept, SecureRandom random) {
    var secret = new byte[16];
    random.nextBytes(secret);
    var key = ServerKey.generate(random).toPkcs8();
    kept.put(SECRET, HexFormat.of().formatHex(secret));
    kept.put(KEY, Base64.getEncoder().encodeToString(key));
  }
}
