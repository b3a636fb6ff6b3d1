package propusk.domain.login;

import java.util.Optional;
import propusk.domain.worker.WorkerId;

/// One worker's right to run a login. Every write under it counts only while its epoch is the
/// row's.
///
/// @param login as it was when claimed; an ended one is claimed to clean up its scratch
public record Claim(Login login, WorkerId worker, long epoch, Optional<Scratch> scratch) {}
