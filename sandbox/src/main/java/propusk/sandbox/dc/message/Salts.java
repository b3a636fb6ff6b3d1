package propusk.sandbox.dc.message;

import static propusk.sandbox.dc.crypto.Octets.longAt;
import static propusk.sandbox.dc.crypto.Octets.ofLong;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import propusk.sandbox.dc.crypto.Digests;
import propusk.sandbox.dc.handshake.AuthKey;
import propusk.sandbox.dc.schema.TlObject;

/// The salts that each message must carry: a new one every half hour, derived from the key, so none
/// is stored.
///
/// See <https://core.telegram.org/mtproto/description#server-salt>.
public final class Salts {
  private static final long TURN = Duration.ofMinutes(30).toSeconds();

  private final InstantSource clock;

  public Salts(InstantSource clock) {
    this.clock = clock;
  }

  /// The salt to be used now.
  long current(AuthKey key) {
    return ofTurn(key, now() / TURN);
  }

  /// Takes this turn's salt and its neighbours', and for one turn the one from the handshake.
  boolean accepts(AuthKey key, long salt) {
    long turn = now() / TURN;
    if (salt == ofTurn(key, turn) || salt == ofTurn(key, turn - 1)) {
      return true;
    }
    Instant firstEnds = key.createdAt().plusSeconds(TURN);
    return salt == ofTurn(key, turn + 1)
        || (salt == key.firstSalt() && clock.instant().isBefore(firstEnds));
  }

  /// The next salts, in the form of `future_salt`.
  List<TlObject> future(AuthKey key, int count) {
    var salts = new ArrayList<TlObject>();
    long turn = now() / TURN;
    for (long i = turn; i < turn + Math.clamp(count, 1, 64); i++) {
      salts.add(
          TlObject.of(
              "future_salt",
              "valid_since",
              (int) (i * TURN),
              "valid_until",
              (int) ((i + 2) * TURN),
              "salt",
              ofTurn(key, i)));
    }
    return salts;
  }

  int now() {
    return (int) clock.instant().getEpochSecond();
  }

  private static long ofTurn(AuthKey key, long turn) {
    return longAt(Digests.sha256(key.bytes(), ofLong(turn)), 0);
  }
}
