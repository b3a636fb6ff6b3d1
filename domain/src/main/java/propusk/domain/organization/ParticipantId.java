package propusk.domain.organization;

/// Our own id of a person as one organization has met them.
public record ParticipantId(long value) {}
