package propusk.sandbox.dc;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import propusk.sandbox.dc.crypto.ServerKey;
import propusk.sandbox.world.Shelf;
import propusk.sandbox.world.World;

/// What clients know a data centre by. Made once for a world, and kept even when that is reset.
///
/// @param proxySecret 16 bytes in hexadecimal
/// @param places the proxy secrets of clients that come from elsewhere, by the place's name
record Identity(ServerKey key, String proxySecret, Shelf<String, String> places) {
  private static final String KEY = "data_centre_key";
  private static final String SECRET = "data_centre_proxy_secret";

  static Identity of(World world, SecureRandom random) {
    var kept = world.shelf(World.KEPT + "/data_centre", String.class, String.class);
    if (kept.find(KEY).isEmpty()) {
      kept.put(SECRET, newSecret(random));
      var key = ServerKey.generate(random).toPkcs8();
      kept.put(KEY, Base64.getEncoder().encodeToString(key));
    }
    var key = ServerKey.ofPkcs8(Base64.getDecoder().decode(kept.find(KEY).orElseThrow()));
    var places = world.shelf(World.KEPT + "/place", String.class, String.class);
    return new Identity(key, kept.find(SECRET).orElseThrow(), places);
  }

  /// Every secret that opens a connection.
  List<String> proxySecrets() {
    var secrets = new ArrayList<>(List.of(proxySecret));
    secrets.addAll(places.all());
    return secrets;
  }

  /// The secret of a place, made when it is asked for first.
  String proxySecret(String place, SecureRandom random) {
    places.putIfAbsent(place, newSecret(random));
    return places.find(place).orElseThrow();
  }

  private static String newSecret(SecureRandom random) {
    var secret = new byte[16];
    random.nextBytes(secret);
    return HexFormat.of().formatHex(secret);
  }
}
