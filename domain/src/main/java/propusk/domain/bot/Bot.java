package propusk.domain.bot;

import java.util.Optional;
import propusk.domain.organization.OrganizationId;

/// A bot we answer as.
///
/// @param id Telegram's
/// @param username without the at sign
/// @param organization whose bot it is; empty: the service's own
/// @param tokenKept whether its token is kept in the database
public record Bot(
    long id, String username, Optional<OrganizationId> organization, boolean tokenKept) {}
