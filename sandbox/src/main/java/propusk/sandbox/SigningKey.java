package propusk.sandbox;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import propusk.sandbox.world.World;

/// The Ed25519 key that signs init data for third parties; it survives restarts and resets.
final class SigningKey {
  private static final String NAME = "init_data_key";

  /// The two halves as they are stored, in their usual encodings and base64.
  record Stored(String privateKey, String publicKey) {}

  private SigningKey() {}

  static KeyPair of(World world) {
    var shelf = world.shelf(World.KEPT, String.class, Stored.class);
    try {
      var stored = shelf.find(NAME);
      if (stored.isPresent()) {
        return read(stored.get());
      }
      var made = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      var base64 = Base64.getEncoder();
      shelf.put(
          NAME,
          new Stored(
              base64.encodeToString(made.getPrivate().getEncoded()),
              base64.encodeToString(made.getPublic().getEncoded())));
      return made;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair read(Stored stored) throws GeneralSecurityException {
    var factory = KeyFactory.getInstance("Ed25519");
    var base64 = Base64.getDecoder();
    return new KeyPair(
        factory.generatePublic(new X509EncodedKeySpec(base64.decode(stored.publicKey()))),
        factory.generatePrivate(new PKCS8EncodedKeySpec(base64.decode(stored.privateKey()))));
  }
}
