package propusk.domain.organization;

/// That a person belongs to an organization.
///
/// @param news whether they want to hear of its new events
public record Membership(ParticipantId participant, Organization organization, boolean news) {}
