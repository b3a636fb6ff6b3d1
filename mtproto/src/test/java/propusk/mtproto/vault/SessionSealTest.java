package propusk.mtproto.vault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import propusk.domain.account.TelegramUserId;
import propusk.domain.seal.SealedDamaged;
import propusk.domain.seal.Sealer;
import propusk.domain.seal.Tokens;
import propusk.domain.session.SealedSession;
import propusk.domain.session.TelegramSessionId;

final class SessionSealTest {
  private static final TelegramUserId OWNER = new TelegramUserId(5_000_000_001L);

  private final Tokens tokens = new Tokens(new SecureRandom());
  private final SessionSeal seal = new SessionSeal(new Sealer(List.of(tokens.bytes(32))), tokens);
  private final TelegramSessionId id = TelegramSessionId.random(tokens);
  private final SessionFiles files = new SessionFiles(tokens.bytes(32), tokens.bytes(14_500));
  private final SealedSession sealed = seal.seal(id, OWNER, files);

  @Test
  void whatWasSealedOpens() {
    var opened = seal.open(id, OWNER, sealed);
    assertArrayEquals(files.databaseKey(), opened.databaseKey());
    assertArrayEquals(files.binlog(), opened.binlog());
  }

  @Test
  void everySealHasAKeyOfItsOwn() {
    assertFalse(Arrays.equals(sealed.sealed(), seal.seal(id, OWNER, files).sealed()));
  }

  @Test
  void anotherRowsOrAnotherPersonsSealDoesNotOpen() {
    var other = TelegramSessionId.random(tokens);
    assertThrows(SealedDamaged.class, () -> seal.open(other, OWNER, sealed));
    assertThrows(SealedDamaged.class, () -> seal.open(id, new TelegramUserId(2), sealed));
  }

  @Test
  void aChangedBitIsNoticed() {
    for (var at = 0; at < sealed.sealed().length; at += 97) {
      var changed = sealed.sealed().clone();
      changed[at] ^= 1;
      assertThrows(
          SealedDamaged.class,
          () -> seal.open(id, OWNER, new SealedSession(sealed.sessionKey(), changed)));
    }
  }

  @Test
  void withoutTheVaultKeyNothingOpens() {
    var thief = new SessionSeal(new Sealer(List.of(tokens.bytes(32))), tokens);
    assertThrows(SealedDamaged.class, () -> thief.open(id, OWNER, sealed));
  }
}
