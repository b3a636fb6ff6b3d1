package propusk.domain.key;

/// Our own id of a service key; it proves nothing.
public record ServiceKeyId(long value) {}
