package propusk.domain.plan;

import java.util.Optional;

/// A plan and its limits.
///
/// @param durationDays how long a subscription to it lasts; empty: it does not end by itself
public record Plan(
    String code,
    String name,
    int channels,
    int postsPerDay,
    int ragPerDay,
    boolean aiDigests,
    Optional<Integer> durationDays) {}
