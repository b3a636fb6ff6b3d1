package propusk.domain.login;

import java.util.Optional;
import propusk.domain.seal.Secret;

/// What the owner's page may see.
///
/// @param link `tg://login?token=…`, only while the login waits for its scan
public record LoginSnapshot(Login login, Optional<Secret> link) {}
