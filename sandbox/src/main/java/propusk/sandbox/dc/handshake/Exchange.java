package propusk.sandbox.dc.handshake;

import static propusk.sandbox.dc.crypto.Octets.longAt;

import java.net.ProtocolException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import propusk.sandbox.dc.crypto.AesIge;
import propusk.sandbox.dc.crypto.DiffieHellman;
import propusk.sandbox.dc.crypto.MessageKeys;
import propusk.sandbox.dc.schema.TlObject;

/// One handshake under way: what both sides know so far.
///
/// A client that did not get an answer asks again, perhaps on another connection: it gets the same
/// one.
final class Exchange {
  private final Instant begunAt;
  private final byte[] nonce;
  private final byte[] serverNonce;
  private @Nullable TlObject inner;
  private @Nullable DiffieHellman agreement;

  Exchange(Instant begunAt, byte[] nonce, byte[] serverNonce) {
    this.begunAt = begunAt;
    this.nonce = nonce;
    this.serverNonce = serverNonce;
  }

  Instant begunAt() {
    return begunAt;
  }

  byte[] nonce() {
    return nonce;
  }

  byte[] serverNonce() {
    return serverNonce;
  }

  /// Takes what the client sealed for us, and makes our half of the agreement.
  synchronized DiffieHellman offer(TlObject sealed, SecureRandom random) throws ProtocolException {
    if (!Arrays.equals(sealed.bytes("server_nonce"), serverNonce)
        || !Arrays.equals(sealed.bytes("nonce"), nonce)) {
      throw new ProtocolException("nonces differ");
    }
    inner = sealed;
    var known = agreement;
    if (known != null) {
      return known;
    }
    var made = new DiffieHellman(random);
    agreement = made;
    return made;
  }

  /// The 256 bytes that both sides share now.
  synchronized byte[] agree(byte[] theirs) throws ProtocolException {
    var made = agreement;
    if (made == null) {
      throw new ProtocolException("no offer was made");
    }
    return made.agree(theirs);
  }

  AesIge cipher() throws ProtocolException {
    return MessageKeys.handshakeCipher(serverNonce, newNonce());
  }

  byte[] newNonce() throws ProtocolException {
    return inner().bytes("new_nonce");
  }

  long firstSalt() throws ProtocolException {
    return longAt(newNonce(), 0) ^ longAt(serverNonce, 0);
  }

  /// The data centre that the client wants a key of, if it says so.
  Optional<Integer> dc() throws ProtocolException {
    var sealed = inner();
    return sealed.has("dc") ? DcAddress.parse(sealed.number("dc")) : Optional.empty();
  }

  /// When the key will end that is being made, if it is a temporary one.
  Optional<Instant> expiresAt(Instant now) throws ProtocolException {
    var sealed = inner();
    return sealed.has("expires_in")
        ? Optional.of(now.plusSeconds(sealed.number("expires_in")))
        : Optional.empty();
  }

  private synchronized TlObject inner() throws ProtocolException {
    var sealed = inner;
    if (sealed == null) {
      throw new ProtocolException("no offer was made");
    }
    return sealed;
  }
}
