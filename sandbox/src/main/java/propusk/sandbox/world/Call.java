package propusk.sandbox.world;

import java.time.Instant;
import java.util.Optional;

/// One request the sandbox saw. Only the method's name is kept, never what was in it.
///
/// @param number counts up from 1 in each run
/// @param error what was answered instead of a result, such as `400 PHONE_NUMBER_INVALID`
public record Call(long number, Instant at, Plane plane, String method, Optional<String> error) {

  /// The way the request came.
  public enum Plane {
    MTPROTO,
    BOT_API
  }
}
