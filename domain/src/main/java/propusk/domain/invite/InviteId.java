package propusk.domain.invite;

/// Our own id of an invite; it proves nothing.
public record InviteId(long value) {}
