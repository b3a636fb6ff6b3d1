package propusk.miniapp.account;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import propusk.domain.browser.BrowserInfo;
import propusk.domain.websession.WebSession;
import propusk.domain.websession.WebSessionId;
import propusk.miniapp.page.Words;

/// A browser that is signed in, in words.
///
/// @param id by which it is ended
/// @param ip where it was when it entered
/// @param here whether it is the one that asks
public record Place(
    String id,
    String icon,
    String name,
    Optional<String> ip,
    Instant seenAt,
    String ago,
    String via,
    boolean here) {
  private static final Set<String> PHONES = Set.of("Android", "iPhone", "iPad");
  private static final int NETWORK_GROUPS = 4;

  /// This one first.
  static List<Place> all(Words words, AccountView view, Optional<WebSessionId> here) {
    return view.browsers().stream()
        .map(session -> of(words, view, session, here))
        .sorted((one, other) -> Boolean.compare(other.here(), one.here()))
        .toList();
  }

  private static Place of(
      Words words, AccountView view, WebSession session, Optional<WebSessionId> here) {
    return new Place(
        session.id().toString(),
        icon(session.browser()),
        name(words, session.browser()),
        session.browser().ip().map(Place::spell),
        session.seenAt(),
        Said.ago(words, session.seenAt(), view.at()),
        words.say("places.via." + session.loginVia().code()),
        here.filter(session.id()::equals).isPresent());
  }

  /// An IPv6 address by the network that its household has: the rest changes daily and is long.
  private static String spell(InetAddress ip) {
    var text = ip.getHostAddress();
    return ip instanceof Inet6Address
        ? Arrays.stream(text.split(":")).limit(NETWORK_GROUPS).collect(Collectors.joining(":"))
            + ":…"
        : text;
  }

  static String icon(BrowserInfo info) {
    return info.system().filter(PHONES::contains).isPresent() ? "phone" : "screen";
  }

  static String name(Words words, BrowserInfo info) {
    if (info.browser().isPresent() && info.system().isPresent()) {
      var values = Map.of("browser", info.browser().get(), "system", info.system().get());
      return words.say("places.browser", values);
    }
    return info.browser().or(info::system).orElseGet(() -> words.say("places.unknown"));
  }
}
