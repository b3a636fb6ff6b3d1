package propusk.domain.organization;

/// Our own id of an organization.
public record OrganizationId(long value) {}
