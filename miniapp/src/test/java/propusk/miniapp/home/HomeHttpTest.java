package propusk.miniapp.home;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import propusk.domain.account.Account;
import propusk.domain.account.Language;
import propusk.domain.visit.Visits;
import propusk.miniapp.MiniAppWorld;
import tools.jackson.databind.JsonNode;

class HomeHttpTest {
  private static final int REPLAYS = 100;

  private final MiniAppWorld world = new MiniAppWorld();
  private final Account ilya = world.ilya(Language.RU);

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void initDataShowTheirOwnerTheirHomeInTheirLanguageWithoutACookie() {
    var shell = world.get("/app");
    assertEquals(200, shell.statusCode());
    assertFalse(shell.body().contains("ilya_kozlov"));
    var opened = open(world.initData(ilya), "tab");
    assertEquals(200, opened.statusCode(), opened.body());
    var home = world.tree(opened.body()).path("home").stringValue();
    says(home, "@ilya_kozlov", "lang=\"ru\"", "Подписки нет", "Telegram ещё не подключён");
    says(home, "https://t.me/propusk_bot?start=login", "Открыть сайт");
    connect();
    var rich = view(bearer(opened));
    says(rich, "Premium", "На связи", "из 1\u00a0000");
    assertFalse(rich.contains("start=login"), "there is nothing to connect");
    for (var answer : List.of(shell, opened)) {
      assertTrue(answer.headers().firstValue("Set-Cookie").isEmpty());
    }
  }

  @Test
  void whatProvesNobodyOpensNothing() {
    var data = world.initData(ilya);
    assertRefused("init_data_invalid", open(data.replace("hash=", "hash=0"), "tab"));
    assertRefused("init_data_invalid", open("", "tab"));
    assertEquals(200, open(data, "tab").statusCode());
    assertEquals(200, open(data, "tab").statusCode(), "a reload");
    assertRefused("init_data_stale", open(data, "another tab"));
    assertRefused("init_data_stale", open(data, ""));
    var later = world.initData(ilya, world.domain.clock.instant().minus(Duration.ofMinutes(6)));
    assertRefused("init_data_stale", open(later, "tab"));
    for (var path : List.of("/app/site-link", "/app/sessions/everywhere")) {
      assertRefused("bearer_invalid", world.post(path, "{}"));
      assertRefused("bearer_invalid", post(path, "{}", "x".repeat(43)));
    }
    assertRefused("bearer_invalid", world.get("/app/view"));
    var bearer = bearer(open(data, "tab"));
    world.domain.clock.advance(Visits.BEARER_LIFE);
    assertRefused("bearer_invalid", world.get("/app/view", "Authorization", "Bearer " + bearer));
  }

  @Test
  void aHundredReplaysAtOnceMakeOneWebSession() throws Exception {
    var data = world.initData(ilya);
    var barrier = new CyclicBarrier(REPLAYS);
    var entered = 0;
    var work = new ArrayList<Callable<Integer>>();
    for (int each = 0; each < REPLAYS; each++) {
      // Half of them know the tab's secret as well.
      var tab = each % 2 == 0 ? "tab" : "tab-" + each;
      work.add(() -> {
        barrier.await();
        return replay(data, tab);
      });
    }
    try (var threads = Executors.newFixedThreadPool(REPLAYS)) {
      for (var done : threads.invokeAll(work)) {
        entered += done.get();
      }
    }
    assertEquals(
        1,
        world.domain.count("SELECT count(*) FROM web_session WHERE revoked_at IS NULL"),
        "of " + entered + " that entered");
    assertEquals(1, world.domain.count("SELECT count(*) FROM app_visit"));
  }

  /// @return 1: it entered, for a moment at least
  private int replay(String data, String tab) {
    var opened = open(data, tab);
    if (opened.statusCode() != 200) {
      return 0;
    }
    var made = post("/app/site-link", "{}", bearer(opened));
    if (made.statusCode() != 200) {
      return 0;
    }
    var link = URI.create(world.tree(made.body()).path("url").stringValue()).getPath();
    return enter(link).statusCode() == 303 ? 1 : 0;
  }

  @Test
  void aLinkNamesTheAccountHoweverOftenAndOnlyItsPostSpendsItOnce() {
    var bearer = bearer(open(world.initData(ilya), "tab"));
    var link = link(bearer);
    for (int previews = 0; previews < 5; previews++) {
      var ask = world.get(link, "Accept-Language", "ru");
      assertEquals(200, ask.statusCode());
      says(ask.body(), "Войти на сайт?", "@ilya_kozlov", "Это не ваш аккаунт?");
      assertTrue(ask.headers().firstValue("Set-Cookie").isEmpty());
    }
    var entered = enter(link);
    assertEquals("/dashboard", entered.headers().firstValue("Location").orElseThrow());
    var cookie = entered.headers().firstValue("Set-Cookie").orElseThrow();
    assertTrue(cookie.endsWith("; Path=/; Secure; HttpOnly; SameSite=Lax"), cookie);
    var session = cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf(';'));
    assertEquals(200, dashboard(session));
    assertEquals(409, enter(link).statusCode(), "in another browser");
    assertEquals(409, world.get(link).statusCode());
    assertEquals(303, world.get(link, "Cookie", "__Host-session=" + session).statusCode());

    var again = link(bearer);
    assertEquals(404, enter(link).statusCode(), "a newer one has its place");
    var other = enter(again, session);
    assertEquals(303, other.statusCode());
    assertEquals(303, dashboard(session), "the id before opens nothing any more");

    var old = link(bearer);
    world.domain.clock.advance(Visits.LINK_LIFE);
    assertEquals(410, enter(old).statusCode());
    assertEquals(404, enter("/app/site/" + "x".repeat(43)).statusCode());
    assertEquals(403, foreign(old).statusCode(), "a form of another site");
  }

  @Test
  void browsersAreEndedFromInsideTelegram() {
    var bearer = bearer(open(world.initData(ilya), "tab"));
    says(view(bearer), "Сейчас нигде");
    enter(link(bearer));
    var browser = view(bearer);
    var name = browser.replaceAll("(?s).*data-end=\"([^\"]+)\".*", "$1");
    var ended = post("/app/sessions/revoke", "{\"id\":\"" + name + "\"}", bearer);
    says(world.tree(ended.body()).path("home").stringValue(), "Сейчас нигде");
    enter(link(bearer));
    assertEquals(200, post("/app/sessions/everywhere", "{}", bearer).statusCode());
    assertEquals(
        0, world.domain.count("SELECT count(*) FROM web_session WHERE revoked_at IS NULL"));
  }

  private void connect() {
    var login = world.requested(ilya);
    world.bearer(login, ilya);
    world.complete(world.claim(), ilya);
  }

  private HttpResponse<String> open(String initData, String tab) {
    var body = world.json.createObjectNode().put("init_data", initData).put("tab", tab);
    return world.post("/app/open", body.toString());
  }

  private String bearer(HttpResponse<String> opened) {
    return world.tree(opened.body()).path("bearer").stringValue();
  }

  private String view(String bearer) {
    return world
        .tree(world.get("/app/view", "Authorization", "Bearer " + bearer).body())
        .path("home")
        .stringValue();
  }

  private String link(String bearer) {
    JsonNode made = world.tree(post("/app/site-link", "{}", bearer).body());
    return URI.create(made.path("url").stringValue()).getPath();
  }

  private HttpResponse<String> post(String path, String body, String bearer) {
    return world.post(path, body, "Authorization", "Bearer " + bearer);
  }

  private HttpResponse<String> enter(String link) {
    return enter(link, "none");
  }

  private HttpResponse<String> enter(String link, String session) {
    return world.send(
        form(link, world.base.toString()).header("Cookie", "__Host-session=" + session));
  }

  private HttpResponse<String> foreign(String link) {
    return world.send(form(link, "https://evil.example"));
  }

  private HttpRequest.Builder form(String link, String origin) {
    return HttpRequest.newBuilder(world.base.resolve(link))
        .header("Origin", origin)
        .header("Accept", "text/html")
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(BodyPublishers.noBody());
  }

  private int dashboard(String session) {
    return world
        .get("/dashboard", "Cookie", "__Host-session=" + session, "Accept", "text/html")
        .statusCode();
  }

  private static void assertRefused(String code, HttpResponse<String> answer) {
    assertEquals(401, answer.statusCode(), answer.body());
    assertTrue(answer.body().contains("\"" + code + "\""), answer.body());
  }

  private static void says(String page, String... words) {
    for (var word : words) {
      assertTrue(page.contains(word), word + " in " + page);
    }
  }
}
