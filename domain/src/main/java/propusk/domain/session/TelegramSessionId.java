package propusk.domain.session;

import propusk.domain.seal.Tokens;

/// A saved Telegram session's own id: 22 base64url characters.
public record TelegramSessionId(String value) {
  public static TelegramSessionId random(Tokens tokens) {
    return new TelegramSessionId(tokens.id());
  }
}
