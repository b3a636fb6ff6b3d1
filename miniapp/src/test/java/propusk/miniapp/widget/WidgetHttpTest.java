package propusk.miniapp.widget;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import propusk.domain.limit.Limit;
import propusk.domain.seal.Hashes;
import propusk.miniapp.MiniAppWorld;

/// The way in by the Login Widget, over HTTP.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WidgetHttpTest {
  private static final String SIGNATURE = "Подпись Telegram не сошлась или устарела";
  private static final String FOREIGN = "Он закончен или начат в другом браузере";

  private final MiniAppWorld world = new MiniAppWorld();

  @AfterAll
  void close() {
    world.close();
  }

  @BeforeEach
  void openAllLimits() {
    world.domain.in(handle -> handle.execute("DELETE FROM limit_use"));
    // Each test's results are of another second, and so other ones.
    world.domain.clock.advance(Duration.ofSeconds(1));
  }

  /// A browser that went to Telegram.
  private record Traveller(String cookie, String state) {}

  @Test
  void theLinkLeadsToTelegramAndBackToThisBrowser() {
    var gone = world.get("/auth/widget/start?redirect=%2Fp%2Fchess");
    assertEquals(303, gone.statusCode());
    var address = gone.headers().firstValue("Location").orElseThrow();
    assertTrue(
        address.startsWith("https://oauth.telegram.org/auth?bot_id=7000001&origin="), address);
    assertTrue(address.contains(encoded("redirect=%2Fp%2Fchess")), address);
    var traveller = traveller();
    var query = query(fields());
    var page = get("/auth/widget?state=" + traveller.state() + "&" + query, traveller);
    assertEquals(200, page.statusCode());
    assertTrue(
        page.body().contains("name=\"result\" value=\"" + query.replace("&", "&amp;") + "\""));
    assertEquals(0, sessions(), "a GET lets nobody in");
    for (var way : List.of("result", "fragment")) {
      var sent = way.equals("result") ? query : fragment(fields());
      var back = post(traveller, Map.of(way, sent, "redirect", "/p/chess"));
      assertEquals(way.equals("result") ? 303 : 401, back.statusCode(), "the same proof, once");
      if (way.equals("result")) {
        var in = new Traveller(cookie(back, "__Host-session"), "");
        var again = get("/auth/widget?state=" + traveller.state() + "&redirect=%2Fp%2Fchess", in);
        assertEquals("/p/chess", again.headers().firstValue("Location").orElseThrow());
      }
    }
    assertEquals(1, sessions());
  }

  /// T9.
  @Test
  void anotherBrowsersResultSignsNobodyInHere() {
    long before = sessions();
    var attacker = traveller();
    var victim = traveller();
    var query = query(fields());
    var lured = get("/auth/widget?state=" + attacker.state() + "&" + query, victim);
    assertEquals(403, lured.statusCode());
    assertTrue(lured.body().contains(FOREIGN));
    for (var cookie : List.of(victim.cookie(), "", "__Host-widget=")) {
      var sent = post(new Traveller(cookie, attacker.state()), Map.of("result", query));
      assertEquals(403, sent.statusCode());
      assertFalse(sent.headers().map().containsKey("set-cookie"));
    }
    assertEquals(before, sessions());
  }

  /// T7, as far as it is the widget's: forged, changed, old, of another bot.
  @Test
  void whatTelegramDidNotSignLatelyIsRefused() {
    long before = sessions();
    var traveller = traveller();
    var good = signed(fields(), MiniAppWorld.TOKEN);
    var changed = new ArrayList<Map<String, String>>();
    good.forEach((name, value) -> {
      changed.add(with(good, name, value + "1"));
      changed.add(with(good, name, ""));
    });
    changed.add(with(good, "admin", "1"));
    changed.add(signed(fields(), "7000002:AAOtherBotOtherBotOtherBotOther"));
    changed.add(signed(fields(), ""));
    changed.add(
        signed(at(world.domain.clock.instant().minus(Duration.ofMinutes(6))), MiniAppWorld.TOKEN));
    changed.add(
        signed(at(world.domain.clock.instant().plus(Duration.ofMinutes(1))), MiniAppWorld.TOKEN));
    for (var field : List.of("id", "first_name", "auth_date")) {
      var less = fields();
      less.remove(field);
      changed.add(signed(less, MiniAppWorld.TOKEN));
    }
    changed.add(signed(with(fields(), "id", "-5"), MiniAppWorld.TOKEN));
    changed.add(signed(with(fields(), "id", "99999999999999999999"), MiniAppWorld.TOKEN));
    for (var each : changed) {
      var answer = post(traveller, Map.of("result", raw(each)));
      assertEquals(401, answer.statusCode(), each.toString());
      assertTrue(answer.body().contains(SIGNATURE));
      assertEquals(401, post(traveller, Map.of("fragment", json(each))).statusCode());
      world.domain.in(handle -> handle.execute("DELETE FROM limit_use"));
    }
    for (var junk : List.of("", "false", "e30", "bnVsbA", "W10", "%%%", "a".repeat(5000))) {
      assertEquals(
          401, post(traveller, Map.of("fragment", junk, "result", junk)).statusCode(), junk);
    }
    assertEquals(before, sessions());
  }

  /// T7: what is signed is lines of `name=value`; nothing else may make the same lines.
  @Test
  void aNameThatCouldPassForTheBorderBetweenFieldsIsRefusedThoughItsTextIsSigned() {
    long before = sessions();
    for (var name : List.of("photo\nid", "photo=url", "\nphoto", "\u0000", "", "a\rb")) {
      for (boolean inName : new boolean[] {true, false}) {
        if (!inName && name.chars().allMatch(c -> c >= 0x20)) continue;
        var odd = inName ? with(fields(), name, "x") : with(fields(), "photo", name);
        var sent = post(traveller(), Map.of("fragment", fragment(odd)));
        assertEquals(401, sent.statusCode(), name);
        assertEquals(401, post(traveller(), Map.of("result", query(odd))).statusCode(), name);
      }
    }
    assertEquals(before, sessions());
    assertEquals(303, post(traveller(), Map.of("fragment", fragment(fields()))).statusCode());
  }

  @Test
  void ofFiftyWhoBringOneResultAtOnceOneEnters() throws Exception {
    var traveller = traveller();
    var query = query(fields());
    long before = sessions();
    Callable<Integer> one = () -> post(traveller, Map.of("result", query)).statusCode();
    try (var threads = Executors.newFixedThreadPool(16)) {
      var answers = new TreeMap<Integer, Integer>();
      for (var future : threads.invokeAll(Collections.nCopies(50, one))) {
        answers.merge(future.get(), 1, Integer::sum);
      }
      assertEquals(Map.of(303, 1, 401, 49), answers);
    }
    assertEquals(before + 1, sessions());
  }

  /// T8 and T10: a new id, the old one ends; and no way to another site.
  @Test
  void theBrowserGetsANewSessionAndStaysOnThisSite() {
    var first = post(traveller(), Map.of("result", query(fields())));
    var session = cookie(first, "__Host-session");
    for (var elsewhere :
        List.of(
            "//evil.example",
            "https://evil.example",
            "/\\evil.example",
            "/%2e%2e//x",
            "evil",
            "")) {
      world.domain.clock.advance(Duration.ofSeconds(1));
      var traveller = traveller();
      var both = new Traveller(traveller.cookie() + "; " + session, traveller.state());
      var back = post(both, Map.of("result", query(fields()), "redirect", elsewhere));
      assertEquals("/dashboard", back.headers().firstValue("Location").orElseThrow(), elsewhere);
      var next = cookie(back, "__Host-session");
      assertFalse(next.equals(session));
      assertEquals(401, world.get("/dashboard", "Cookie", session).statusCode(), "the earlier one");
      session = next;
    }
  }

  @Test
  void tooManyAreToldWhenToTryAgain() {
    var traveller = traveller();
    for (int i = 0; i < Limit.WIDGET_PER_ADDRESS.amount(); i++) {
      assertEquals(401, post(traveller, Map.of("result", "hash=0")).statusCode());
    }
    var closed = post(traveller, Map.of("result", query(fields())));
    assertEquals(429, closed.statusCode());
    assertEquals("600", closed.headers().firstValue("Retry-After").orElseThrow());
    assertTrue(closed.body().contains("Слишком много попыток"));
  }

  private Traveller traveller() {
    var gone = world.get("/auth/widget/start");
    var address = gone.headers().firstValue("Location").orElseThrow();
    var state = address.replaceAll(".*state%3D([A-Za-z0-9_-]+).*", "$1");
    return new Traveller(cookie(gone, "__Host-widget"), state);
  }

  private HttpResponse<String> get(String path, Traveller traveller) {
    return world.get(path, "Cookie", traveller.cookie(), "Accept-Language", "ru");
  }

  private HttpResponse<String> post(Traveller traveller, Map<String, String> fields) {
    var all = new TreeMap<>(fields);
    all.put("form_token", traveller.state());
    var form =
        all.entrySet().stream()
            .map(field -> field.getKey() + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"));
    return world.send(
        HttpRequest.newBuilder(world.base.resolve("/auth/widget"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Origin", "null")
            .header("Sec-Fetch-Site", "same-origin")
            .header("Accept-Language", "ru")
            .header("Cookie", traveller.cookie())
            .POST(BodyPublishers.ofString(form)));
  }

  private static String cookie(HttpResponse<String> answer, String name) {
    return answer.headers().allValues("Set-Cookie").stream()
        .filter(cookie -> cookie.startsWith(name + "=") && !cookie.startsWith(name + "=;"))
        .map(cookie -> cookie.substring(0, cookie.indexOf(';')))
        .findFirst()
        .orElseThrow();
  }

  private Map<String, String> fields() {
    return at(world.domain.clock.instant());
  }

  private static Map<String, String> at(Instant time) {
    var fields = new TreeMap<String, String>();
    fields.put("id", "139883458");
    fields.put("first_name", "Илья & <b>Ко</b>");
    fields.put("username", "ilya_kozlov");
    fields.put("auth_date", Long.toString(time.getEpochSecond()));
    return fields;
  }

  private static Map<String, String> signed(Map<String, String> fields, String token) {
    var lines =
        fields.entrySet().stream()
            .map(field -> field.getKey() + "=" + field.getValue())
            .collect(Collectors.joining("\n"));
    var hash = Hashes.hmac(Hashes.sha256(token), lines);
    return with(fields, "hash", HexFormat.of().formatHex(hash));
  }

  private static Map<String, String> with(Map<String, String> fields, String name, String value) {
    var more = new TreeMap<>(fields);
    more.put(name, value);
    return more;
  }

  private static String query(Map<String, String> fields) {
    return raw(signed(fields, MiniAppWorld.TOKEN));
  }

  private String fragment(Map<String, String> fields) {
    return json(signed(fields, MiniAppWorld.TOKEN));
  }

  private static String raw(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  private String json(Map<String, String> fields) {
    var text = world.json.writeValueAsString(fields).getBytes(UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  private long sessions() {
    return world.domain.count("SELECT count(*) FROM web_session");
  }
}
