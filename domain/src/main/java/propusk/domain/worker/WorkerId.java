package propusk.domain.worker;

/// A worker process' own id, new at every start.
public record WorkerId(long value) {}
