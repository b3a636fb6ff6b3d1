package propusk.domain.login;

/// Where a login's client keeps its files until they are sealed or logged out.
///
/// @param host the worker's host, as in its worker row
/// @param sealedKey the files' own key, sealed with the vault key
// An array in a record: it is carried, never compared.
@SuppressWarnings("ArrayRecordComponent")
public record Scratch(String host, String path, byte[] sealedKey) {}
