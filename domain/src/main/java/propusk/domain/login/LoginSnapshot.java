package propusk.domain.login;

import java.time.Duration;
import java.util.Optional;
import propusk.domain.seal.Secret;

/// What the owner's page may see.
///
/// @param link `tg://login?token=…`, only while the login waits for its scan
/// @param queue only while it waits for a place and every place is taken
public record LoginSnapshot(Login login, Optional<Secret> link, Optional<Queue> queue) {

  /// @param ahead how many others get a place earlier
  /// @param atMost after this time a place is free, as the deadlines stand now
  public record Queue(int ahead, Duration atMost) {}
}
