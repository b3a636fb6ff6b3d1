package propusk.miniapp.account;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import propusk.domain.device.DeviceId;
import propusk.domain.device.TrustedDevice;
import propusk.miniapp.page.Words;

/// A browser that is known again without a question, in words.
///
/// @param id by which it is forgotten
/// @param resting its owner signed out in it: it asks for the number first
/// @param here whether it is the one that asks
public record KnownBrowser(
    String id,
    String icon,
    String name,
    Instant usedAt,
    String ago,
    boolean resting,
    boolean here) {

  static List<KnownBrowser> all(Words words, AccountView view, Optional<DeviceId> here) {
    return view.devices().stream().map(device -> of(words, view, device, here)).toList();
  }

  private static KnownBrowser of(
      Words words, AccountView view, TrustedDevice device, Optional<DeviceId> here) {
    return new KnownBrowser(
        device.id().value(),
        Place.icon(device.browser()),
        Place.name(words, device.browser()),
        device.usedAt(),
        Said.ago(words, device.usedAt(), view.at()),
        device.resting(),
        here.filter(device.id()::equals).isPresent());
  }
}
