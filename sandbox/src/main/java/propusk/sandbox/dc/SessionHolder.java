package propusk.sandbox.dc;

/// A key that somebody is logged in with, or will be once they give their password.
///
/// @param connectedClients how many runs of a client hold it over a connection now: more than one
///   is what Telegram calls duplicated
public record SessionHolder(
    long session, long personId, boolean passwordPending, int connectedClients) {}
