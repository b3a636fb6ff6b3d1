package propusk.miniapp.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import propusk.domain.account.Language;
import propusk.domain.browser.BrowserInfo;
import propusk.domain.seal.Secret;
import propusk.domain.websession.LoginVia;
import propusk.miniapp.MiniAppWorld;

/// T26 and the rest of the headers: a snapshot of every route's, errors included, and how those of
/// requests are read.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HeadersTest {
  private static final String CSP =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors ";
  private static final String IMMUTABLE = "public, max-age=31536000, immutable";
  private static final Set<String> OURS =
      Set.of(
          "content-security-policy",
          "strict-transport-security",
          "x-content-type-options",
          "referrer-policy",
          "cross-origin-resource-policy",
          "permissions-policy",
          "cache-control",
          "set-cookie",
          "server");

  private final MiniAppWorld world = new MiniAppWorld();

  @AfterAll
  void close() {
    world.close();
  }

  @Test
  void everyRouteHasThem() {
    var ilya = world.ilya(Language.RU);
    var login = world.requested(ilya);
    var id = login.id().value();
    var page = world.get("/qr-auth?session_id=" + id);
    assertEquals(headers("https://web.telegram.org", "no-store"), headers(page));
    assertEquals(
        headers("https://web.telegram.org", "no-store"), headers(world.get("/qr-auth")), "400");
    assertEquals(headers("https://web.telegram.org", "no-store"), headers(world.get("/app")));
    var bearer = world.bearer(login, ilya);
    var cancel = "{\"session_id\":\"" + id + "\"}";
    for (var answer :
        new HttpResponse<?>[] {
          world.get("/qr-auth-status?session_id=" + id),
          world.get("/qr-auth-status?session_id=" + id, "Authorization", "Bearer " + bearer),
          world.open(login, world.initData(ilya), "tab-1"),
          world.get("/qr-auth-status"),
          world.get("/qr-auth/events?session_id=" + id),
          world.post("/qr-auth/cancel", cancel, "Authorization", "Bearer " + bearer),
          world.events(login, bearer),
          world.post("/qr-auth/open", "{"),
          world.post("/app/open", "{}"),
          world.get("/app/view"),
          world.get("/"),
          world.get("/auth/widget", "Accept", "text/html"),
          world.get("/app/site/nothing", "Accept", "text/html"),
          world.get("/dashboard", "Accept", "text/html"),
          world.get("/account/sessions"),
          world.get("/account/events"),
          world.get("/nothing"),
          world.get("/nothing", "Accept", "text/html"),
          world.get("/assets/nothing.js"),
          world.get("/%2e%2e/etc/passwd"),
          world.post("/qr-auth/open", "{}", "Content-Type", "text/plain")
        }) {
      assertEquals(headers("'none'", "no-store"), headers(answer), answer.uri().getPath());
    }
  }

  @Test
  void assetsAreKeptForEver() {
    var page = world.get("/qr-auth?session_id=test").body();
    var paths =
        Pattern.compile("/assets/[\\w.-]+")
            .matcher(page)
            .results()
            .map(MatchResult::group)
            .distinct()
            .toList();
    assertEquals(7, paths.size(), paths.toString());
    for (var path : paths) {
      var asset = world.get(path);
      assertEquals(200, asset.statusCode(), path);
      assertEquals(headers("'none'", IMMUTABLE), headers(asset), path);
    }
  }

  /// The one thing here that other sites' pages may load.
  @Test
  void theScriptForOtherSitesIsTheirsToo() {
    var expected = headers("'none'", "public, max-age=300");
    expected.put("cross-origin-resource-policy", "cross-origin");
    var script = world.get("/signin.js");
    assertEquals(expected, headers(script));
    assertEquals("Accept-Language", script.headers().firstValue("Vary").orElse(""));
  }

  @Test
  void scriptsImportTheHashedNamesOfOthers() {
    var page = world.get("/qr-auth?session_id=test").body();
    var script = page.replaceAll("(?s).*src=\"(/assets/qr-auth[^\"]+)\".*", "$1");
    var imports =
        Pattern.compile("from '([^']+)'")
            .matcher(world.get(script).body())
            .results()
            .map(found -> found.group(1))
            .toList();
    assertTrue(imports.size() >= 4, imports.toString());
    imports.forEach(path -> assertEquals(200, world.get(path).statusCode(), path));
  }

  @Test
  void whatJettyRefusesByItselfHasThemToo() throws IOException {
    var answer = raw("GET /%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
    assertTrue(answer.contains("Content-Security-Policy: " + CSP + "'none'"), answer);
    assertTrue(answer.contains("application/problem+json"), answer);
    assertFalse(answer.contains("Jetty"), answer);
    var line = raw("nonsense\r\n\r\n");
    assertTrue(line.startsWith("HTTP/1.1 400 "), line);
    assertFalse(line.contains("Jetty"), line);
  }

  /// Jetty remembers a connection's headers, and unless told otherwise takes capitals for small
  /// letters. A proxy sends many people's requests over one connection.
  @Test
  void whatCameBeforeOnAConnectionChangesNeitherAKeyNorACookie() {
    var shore = world.domain.organization("one-line");
    var ilya = world.ilya(Language.RU);
    var key = world.domain.in(handle -> world.domain.keys.create(handle, shore.id(), "bot"));
    var from = new BrowserInfo(Optional.empty(), Optional.empty(), Optional.empty());
    var session =
        world.domain.in(
            h -> world.webSessions.enter(h, LoginVia.TELEGRAM_CONFIRM, ilya.id(), from));
    var right = "Bearer " + key.secret().value();
    var wrong = "Bearer " + otherCase(key.secret());
    var in = "__Host-session=" + session.value();
    var out = "__Host-session=" + otherCase(session);
    for (int i = 0; i < 3; i++) {
      assertEquals(401, contact(wrong));
      assertEquals(400, contact(right), "the key counts, the body does not");
      assertEquals(303, dashboard(out));
      assertEquals(200, dashboard(in));
    }
    assertEquals(401, contact(right.substring(0, 11)));
    assertEquals(400, contact(right), "after one that it begins with");
  }

  @Test
  void eachRequestHasAnIdOfItsOwn() {
    var one = world.get("/nothing").headers().firstValue("X-Request-Id").orElseThrow();
    var two = world.get("/nothing").headers().firstValue("X-Request-Id").orElseThrow();
    assertEquals(16, one.length());
    assertFalse(one.equals(two));
  }

  private int contact(String authorization) {
    return world.post("/telegram/contact", "{}", "Authorization", authorization).statusCode();
  }

  private int dashboard(String cookie) {
    return world.get("/dashboard", "Cookie", cookie, "Accept", "text/html").statusCode();
  }

  private static String otherCase(Secret secret) {
    return secret
        .value()
        .codePoints()
        .map(c -> Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private String raw(String request) throws IOException {
    try (var socket = new Socket("localhost", world.base.getPort())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static Map<String, String> headers(String frameAncestors, String caching) {
    return new TreeMap<>(
        Map.of(
            "content-security-policy", CSP + frameAncestors,
            "strict-transport-security", "max-age=31536000; includeSubDomains",
            "x-content-type-options", "nosniff",
            "referrer-policy", "no-referrer",
            "cross-origin-resource-policy", "same-origin",
            "permissions-policy",
                "camera=(), microphone=(), geolocation=(), payment=(), usb=(),"
                    + " clipboard-write=(self)",
            "cache-control", caching));
  }

  private static Map<String, String> headers(HttpResponse<?> answer) {
    var found = new TreeMap<String, String>();
    answer
        .headers()
        .map()
        .forEach((name, values) -> {
          if (OURS.contains(name.toLowerCase(Locale.ROOT))) {
            found.put(name.toLowerCase(Locale.ROOT), String.join(" | ", values));
          }
        });
    return found;
  }
}
