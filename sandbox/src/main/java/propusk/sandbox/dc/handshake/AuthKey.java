package propusk.sandbox.dc.handshake;

import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import propusk.sandbox.dc.DataCentreConfig;
import propusk.sandbox.dc.RevocationKind;
import propusk.sandbox.dc.crypto.Digests;
import propusk.sandbox.dc.crypto.Octets;

/// A key that a client and the data centre share, and what the data centre knows about its holder.
///
/// See <https://core.telegram.org/api/pfs> for temporary keys.
///
/// @param id the low 64 bits of the key's SHA-1
/// @param dc the data centre that made it, 1 to 5; no other one knows it
/// @param secret the 256 bytes, in base64
/// @param firstSalt the salt that the handshake agreed on
/// @param expiresAt for a temporary key, when it ends
/// @param permanentId for a temporary key, the key it was bound to
/// @param session the session that the holder is logged in with
/// @param pendingSession the session that begins once the holder gives the two-step password
/// @param revoked why the holder is not logged in any more
public record AuthKey(
    long id,
    int dc,
    String secret,
    long firstSalt,
    Instant createdAt,
    Optional<Instant> expiresAt,
    Optional<Long> permanentId,
    ClientInfo client,
    Optional<Long> session,
    Optional<Long> pendingSession,
    Optional<RevocationKind> revoked) {

  /// Worlds written before there were several data centres name none.
  public AuthKey {
    dc = dc == 0 ? DataCentreConfig.USUAL_DC : dc;
  }

  static AuthKey fresh(int dc, byte[] bytes, long salt, Instant at, Optional<Instant> expiresAt) {
    return new AuthKey(
        Octets.longAt(Digests.sha1(bytes), 12),
        dc,
        Base64.getEncoder().encodeToString(bytes),
        salt,
        at,
        expiresAt,
        Optional.empty(),
        ClientInfo.UNKNOWN,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  public byte[] bytes() {
    return Base64.getDecoder().decode(secret);
  }

  /// This temporary key, standing in for a permanent one.
  public AuthKey boundTo(long permanent) {
    return new AuthKey(
        id,
        dc,
        secret,
        firstSalt,
        createdAt,
        expiresAt,
        Optional.of(permanent),
        client,
        session,
        pendingSession,
        revoked);
  }

  public AuthKey with(ClientInfo info) {
    return new AuthKey(
        id,
        dc,
        secret,
        firstSalt,
        createdAt,
        expiresAt,
        permanentId,
        info,
        session,
        pendingSession,
        revoked);
  }

  /// Logged in.
  public AuthKey loggedIn(long newSession) {
    return holding(Optional.of(newSession), Optional.empty(), Optional.empty());
  }

  /// Accepted by a person whose password is still to be given.
  public AuthKey awaitingPassword(long newSession) {
    return holding(Optional.empty(), Optional.of(newSession), Optional.empty());
  }

  /// Logged out by itself.
  public AuthKey loggedOut() {
    return holding(Optional.empty(), Optional.empty(), Optional.empty());
  }

  /// Logged out by somebody else.
  public AuthKey revoked(RevocationKind kind) {
    return holding(Optional.empty(), Optional.empty(), Optional.of(kind));
  }

  /// Keys do not appear in logs.
  @Override
  public String toString() {
    return "AuthKey[" + Long.toHexString(id) + "]";
  }

  private AuthKey holding(
      Optional<Long> session, Optional<Long> pendingSession, Optional<RevocationKind> revoked) {
    return new AuthKey(
        id,
        dc,
        secret,
        firstSalt,
        createdAt,
        expiresAt,
        permanentId,
        client,
        session,
        pendingSession,
        revoked);
  }
}
