package propusk.domain.session;

import java.util.Optional;
import propusk.domain.worker.WorkerId;

/// A saved session that one worker may open now: nobody else does until it is given back.
///
/// @param epoch guards every write of this lease
/// @param lostUses uses in a row, up to now, in which the worker was lost
/// @param previous the version before, for when the newest one does not open
public record LeasedSession(
    TelegramSession session,
    WorkerId worker,
    long epoch,
    int lostUses,
    SealedSession current,
    Optional<SealedSession> previous) {}
