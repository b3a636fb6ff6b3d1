package propusk.miniapp.signin;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import propusk.domain.signin.SignInId;
import propusk.miniapp.MiniAppWorld;
import propusk.miniapp.phone.Browser;

/// Browsers that come to `/api/auth/start` and to the pages beside it.
final class StartWorld implements AutoCloseable {
  static final String SESSION = "__Host-session";
  static final String DEVICE = "__Host-device";

  final MiniAppWorld world = new MiniAppWorld();
  private int addresses;

  @Override
  public void close() {
    world.close();
  }

  void remember(Browser browser, Person person) {
    browser.open("/login");
    browser.submit("/login", Map.of("do", "telegram", "remember", "yes"));
    var token = token(browser);
    world.domain.in(handle -> {
      var signIn = world.domain.signIns.find(handle, new SignInId(token)).orElseThrow();
      return world.domain.signIns.open(
          handle, world.domain.signIns.start(signIn), person.account.id());
    });
    person.says(token);
    browser.open("/login/" + token);
    browser.submit("/login/" + token, Map.of());
    assertTrue(browser.cookies().containsKey(DEVICE), "it is remembered");
  }

  boolean isIn(Browser browser) {
    return browser.get("/account/status").statusCode() == 200;
  }

  String token(Browser browser) {
    return browser.address().substring(browser.address().lastIndexOf('/') + 1);
  }

  Browser browser() {
    return new Browser(world, "198.51." + (++addresses / 250 % 250) + "." + (addresses % 250 + 1));
  }
}
