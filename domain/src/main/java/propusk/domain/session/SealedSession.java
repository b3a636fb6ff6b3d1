package propusk.domain.session;

/// A Telegram session as it is stored.
///
/// @param sessionKey its own random key, sealed with the vault key
/// @param sealed the client's files, sealed with its own key
// Arrays in a record: it is carried, never compared.
@SuppressWarnings("ArrayRecordComponent")
public record SealedSession(byte[] sessionKey, byte[] sealed) {}
