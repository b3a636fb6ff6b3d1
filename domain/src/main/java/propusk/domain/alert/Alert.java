package propusk.domain.alert;

import java.time.Instant;

/// An incident.
///
/// @param subject what it is about: a session's id, or a part of the service
/// @param seen how often it happened
public record Alert(
    AlertKind kind, String subject, Instant firstSeen, Instant lastSeen, int seen) {}
