package propusk.mtproto.vault;

import java.util.List;
import propusk.domain.account.TelegramUserId;
import propusk.domain.seal.SealedDamaged;
import propusk.domain.seal.Sealer;
import propusk.domain.seal.Tokens;
import propusk.domain.session.SealedSession;
import propusk.domain.session.TelegramSessionId;

/// Seals session files with a random key of their own, and that key with the vault key, which only
/// workers have.
///
/// Both are bound to what they are, to their row and to the Telegram id, so a value moved to
/// another row does not open.
public final class SessionSeal {
  private final Sealer vault;
  private final Tokens tokens;

  public SessionSeal(Sealer vault, Tokens tokens) {
    this.vault = vault;
    this.tokens = tokens;
  }

  public SealedSession seal(TelegramSessionId id, TelegramUserId owner, SessionFiles files) {
    var key = tokens.bytes(SessionFiles.KEY);
    return new SealedSession(
        vault.seal(key, binding("key", id, owner)),
        new Sealer(List.of(key)).seal(files.toBytes(), binding("files", id, owner)));
  }

  /// @throws SealedDamaged when it was changed, or is another row's
  public SessionFiles open(TelegramSessionId id, TelegramUserId owner, SealedSession sealed) {
    var key = vault.open(sealed.sessionKey(), binding("key", id, owner));
    return SessionFiles.parse(
        new Sealer(List.of(key)).open(sealed.sealed(), binding("files", id, owner)));
  }

  private static String binding(String what, TelegramSessionId id, TelegramUserId owner) {
    return "telegram_session:%s:%s:%d".formatted(what, id.value(), owner.value());
  }
}
