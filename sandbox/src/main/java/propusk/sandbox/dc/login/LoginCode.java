package propusk.sandbox.dc.login;

import java.time.Instant;

/// A code that a client asked for, on its way to the owner of a phone number.
///
/// See <https://core.telegram.org/api/auth>.
///
/// @param number counts the codes of a world
/// @param hash the name that the client knows it by
/// @param phone digits only
/// @param holder the permanent key of the client that asked
/// @param expiresAt by the world's clock
/// @param wrongTries how often another code was given for it
public record LoginCode(
    long number,
    String hash,
    String phone,
    String digits,
    Via via,
    long holder,
    Instant sentAt,
    Instant expiresAt,
    int wrongTries) {

  /// The way a code goes; a client may ask for the next one after each.
  public enum Via {
    /// A message of Telegram to the person's other devices.
    APP,
    SMS,
    CALL
  }

  LoginCode triedInVain() {
    return new LoginCode(
        number, hash, phone, digits, via, holder, sentAt, expiresAt, wrongTries + 1);
  }

  LoginCode expiredAt(Instant at) {
    return new LoginCode(number, hash, phone, digits, via, holder, sentAt, at, wrongTries);
  }

  /// Codes do not appear in logs.
  @Override
  public String toString() {
    return "LoginCode[" + via + "]";
  }
}
