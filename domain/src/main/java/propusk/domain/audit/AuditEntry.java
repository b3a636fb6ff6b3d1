package propusk.domain.audit;

import java.time.Instant;

/// Something that an operator or an admin did.
///
/// @param actor as in [Actor]
/// @param action such as `invite_created`
/// @param subject what it was done to; never a secret
public record AuditEntry(Instant at, String actor, String action, String subject) {}
