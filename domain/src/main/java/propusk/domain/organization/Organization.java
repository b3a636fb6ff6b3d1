package propusk.domain.organization;

import java.time.Instant;
import java.time.ZoneId;

/// A club or company that has events here.
///
/// @param timeZone in which the times of its events are written
public record Organization(
    OrganizationId id, Slug slug, String name, ZoneId timeZone, Instant createdAt) {}
