package propusk.miniapp.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import propusk.domain.account.Account;
import propusk.domain.account.Language;
import propusk.domain.browser.BrowserInfo;
import propusk.domain.seal.Secret;
import propusk.domain.websession.WebSessions;
import propusk.miniapp.MiniAppWorld;
import propusk.miniapp.edge.FormTokens;

class DashboardTest {
  private static final BrowserInfo BROWSER =
      new BrowserInfo(Optional.empty(), Optional.empty(), Optional.empty());

  private final MiniAppWorld world = new MiniAppWorld();
  private final Account ilya = world.ilya(Language.RU);

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void whoIsSignedInSeesTheirPlanAndTheirAccount() {
    var cookie = signIn();
    var poor = dashboard(cookie).body();
    assertTrue(poor.contains("Подписки нет") && poor.contains("Telegram ещё не подключён"), poor);
    var login = world.requested(ilya);
    world.bearer(login, ilya);
    world.complete(world.claim(), ilya);
    var rich = dashboard(cookie).body();
    for (var words : new String[] {"Здравствуйте, Илья", "@ilya_kozlov", "Premium", "На связи"}) {
      assertTrue(rich.contains(words), words);
    }
    assertFalse(rich.contains("Подписки нет"));
  }

  @Test
  void whoIsNotSignedInIsLedToSignInOrToldSo() {
    for (var cookie : new String[] {"", "unknown"}) {
      var page = dashboard(new Secret("x" + cookie));
      assertEquals(303, page.statusCode());
      assertEquals("/login/phone", page.headers().firstValue("Location").orElseThrow());
    }
    var json = world.get("/dashboard");
    assertEquals(401, json.statusCode());
    assertTrue(json.body().contains("signed_out"));
  }

  @Test
  void logOutEndsTheSessionForEverAndNeedsAFormOfThisBrowser() {
    var cookie = signIn();
    assertEquals(403, logOut(cookie, "forged").statusCode());
    assertEquals(200, dashboard(cookie).statusCode());
    var out = logOut(cookie, FormTokens.of(cookie));
    assertEquals(303, out.statusCode());
    assertTrue(out.headers().firstValue("Set-Cookie").orElseThrow().contains("Max-Age=0"));
    assertEquals(303, dashboard(cookie).statusCode());
  }

  @Test
  void anIdleSessionIsOver() {
    var cookie = signIn();
    dashboard(cookie);
    world.domain.clock.advance(WebSessions.IDLE.plus(Duration.ofSeconds(1)));
    assertEquals(303, dashboard(cookie).statusCode());
  }

  private Secret signIn() {
    var login = world.requested(ilya).id();
    return world
        .domain
        .in(handle -> world.webSessions.enter(handle, login, ilya.id(), BROWSER))
        .orElseThrow();
  }

  private HttpResponse<String> dashboard(Secret cookie) {
    return world.get(
        "/dashboard",
        "Cookie",
        "__Host-session=" + cookie.value(),
        "Accept",
        "text/html",
        "Accept-Language",
        "ru");
  }

  private HttpResponse<String> logOut(Secret cookie, String formToken) {
    return world.send(
        HttpRequest.newBuilder(world.base.resolve("/logout"))
            .header("Origin", world.base.toString())
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Accept", "text/html")
            .header("Cookie", "__Host-session=" + cookie.value())
            .POST(BodyPublishers.ofString("form_token=" + formToken)));
  }
}
