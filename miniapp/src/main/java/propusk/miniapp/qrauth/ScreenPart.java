package propusk.miniapp.qrauth;

import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import propusk.domain.login.LoginBrowser;
import propusk.domain.login.SecondScreen;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/// The second screen in a login's JSON: how to open it, or who has.
final class ScreenPart {
  private final ObjectMapper json;
  private final String base;
  private final String address;

  ScreenPart(ObjectMapper json, URI baseUrl) {
    this.json = json;
    base = baseUrl.resolve("/connect/").toString();
    address = baseUrl.getAuthority() + "/connect";
  }

  ObjectNode of(SecondScreen screen, Instant now) {
    return switch (screen) {
      case SecondScreen.Offered(var link, var code) ->
          json.createObjectNode()
              .put("address", address)
              .put("link", base + link.value())
              .put("code", code.spaced());
      case SecondScreen.Open(var browser) ->
          json.createObjectNode().set("opened", opened(browser, now));
    };
  }

  private ObjectNode opened(LoginBrowser browser, Instant now) {
    var info = browser.info();
    return json.createObjectNode()
        .put("browser", info.browser().orElse(null))
        .put("system", info.system().orElse(null))
        .put("ip", info.ip().map(InetAddress::getHostAddress).orElse(null))
        .put("at", browser.openedAt().toString())
        .put("ago", Math.max(0, Duration.between(browser.openedAt(), now).toSeconds()));
  }
}
