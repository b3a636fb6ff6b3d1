package propusk.domain.event;

import java.util.Optional;
import propusk.domain.seal.Secret;

/// What a person got with their yes to an event's sign-in.
///
/// @param event the one it was for, if it was for one
/// @param place what came of their place at it
/// @param link lets another browser in than the one that waits; empty when it was made before
/// @param path where that browser goes on
public record Admission(
    Optional<Event> event, Optional<RegisterOutcome> place, Optional<Secret> link, String path) {

  /// Where the link leads.
  ///
  /// @param baseUrl where our pages are
  public Optional<String> linkUrl(String baseUrl) {
    return link.map(secret -> baseUrl + "/auth/magic/" + secret.value());
  }
}
