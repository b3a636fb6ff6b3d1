package propusk.domain.event;

/// Our own id of an event; in addresses it has its public id.
public record EventId(long value) {}
