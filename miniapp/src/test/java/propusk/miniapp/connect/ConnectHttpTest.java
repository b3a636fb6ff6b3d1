package propusk.miniapp.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import propusk.domain.account.Account;
import propusk.domain.account.Language;
import propusk.domain.login.Login;
import propusk.domain.login.LoginEvent;
import propusk.domain.seal.Secret;
import propusk.miniapp.MiniAppWorld;
import propusk.miniapp.edge.FormTokens;

/// The doors of the second screen and of the password page over plain HTTP.
class ConnectHttpTest {
  private MiniAppWorld world = new MiniAppWorld();
  private Account ilya = world.ilya(Language.RU);
  private Login login = world.requested(ilya);
  private String bearer = world.bearer(login, ilya);

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aFormOfAnotherBrowserOrSiteIsRefused() {
    var cookie = cookie(world.get("/connect"));
    var token = FormTokens.of(new Secret(cookie));
    assertEquals(403, form("/connect", cookie, "form_token=x&code=AAAAAA").statusCode());
    assertEquals(403, form("/connect", "", "form_token=" + token + "&code=A").statusCode());
    assertEquals(422, form("/connect", cookie, "form_token=" + token + "&code=A").statusCode());
    var foreign =
        HttpRequest.newBuilder(world.base.resolve("/connect"))
            .header("Origin", "https://evil.example")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Cookie", "__Host-connect=" + cookie)
            .POST(HttpRequest.BodyPublishers.ofString("form_token=" + token + "&code=A"));
    assertEquals(403, world.send(foreign).statusCode());
  }

  @Test
  void withoutTheCookieNothingOfALoginIsTold() {
    assertEquals(401, world.get("/connect/status").statusCode());
    assertEquals(401, world.get("/connect/events").statusCode());
    assertEquals(303, world.get("/connect/screen").statusCode());
    assertEquals(404, world.get("/connect/password").statusCode());
    assertEquals(404, world.get("/connect/" + "A".repeat(43)).statusCode());
    assertEquals(404, world.get("/connect/short").statusCode());
  }

  @Test
  void aBrowserThatOpenedThePasswordPageSeesNoCode() {
    var cookie = askedForPassword();
    var seen = world.tree(get("/connect/status", cookie).body());
    assertEquals("awaiting_password", seen.path("status").stringValue());
    assertEquals("кличка", seen.path("password").path("hint").stringValue());
    assertTrue(seen.path("qr").isMissingNode());
    assertTrue(seen.path("connect").isMissingNode());
  }

  @Test
  void whereTheOperatorWantsNoPasswordPagesThereAreNone() {
    world.close();
    world = MiniAppWorld.withoutPasswordPages();
    ilya = world.ilya(Language.RU);
    login = world.requested(ilya);
    bearer = world.bearer(login, ilya);
    askPassword();
    assertEquals(404, passwordLink().statusCode());
    assertEquals(404, world.get("/connect/password").statusCode());
    assertEquals(404, world.get("/connect/password/" + "A".repeat(43)).statusCode());
  }

  /// T14 and T21 for these doors, at the loudest level of our logs.
  @Test
  void neitherLinksNorCookiesNorThePasswordAreLogged() {
    var logger = (Logger) LoggerFactory.getLogger("propusk");
    var lines = new ListAppender<ILoggingEvent>();
    lines.start();
    logger.addAppender(lines);
    logger.setLevel(Level.DEBUG);
    try {
      var page =
          URI.create(world.status(login, bearer).path("connect").path("link").stringValue())
              .getPath();
      world.get(page);
      var screen = cookie(world.post(page, ""));
      get("/connect/screen", screen);
      var password = askedForPassword();
      var token = FormTokens.of(new Secret(password));
      var body =
          world
              .json
              .createObjectNode()
              .put("password", "canary-пароль")
              .put("form_token", token)
              .toString();
      var answer = world.post("/connect/password", body, "Cookie", "__Host-connect=" + password);
      assertEquals(202, answer.statusCode(), answer.body());
      var log =
          List.copyOf(lines.list).stream()
              .map(ILoggingEvent::getFormattedMessage)
              .collect(Collectors.joining("\n"));
      assertTrue(log.contains("path=/connect/…"), log);
      for (var secret : List.of(page.substring(9), screen, password, token, "canary", "кличка")) {
        assertFalse(log.contains(secret), "the log has " + secret);
      }
    } finally {
      logger.detachAppender(lines);
      logger.setLevel(Level.INFO);
    }
  }

  private String askedForPassword() {
    askPassword();
    var url = world.tree(passwordLink().body()).path("url").stringValue();
    return cookie(world.post(URI.create(url).getPath(), ""));
  }

  private void askPassword() {
    var claim = world.claim();
    world.link(claim, Duration.ofSeconds(30));
    world.apply(claim, new LoginEvent.PasswordAsked(Optional.of("кличка")));
  }

  private HttpResponse<String> passwordLink() {
    var body = world.json.createObjectNode().put("session_id", login.id().value()).toString();
    return world.post("/qr-auth/password-link", body, "Authorization", "Bearer " + bearer);
  }

  private HttpResponse<String> get(String path, String cookie) {
    return world.get(path, "Cookie", "__Host-connect=" + cookie);
  }

  private HttpResponse<String> form(String path, String cookie, String fields) {
    var request =
        HttpRequest.newBuilder(world.base.resolve(path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Cookie", "__Host-connect=" + URLEncoder.encode(cookie, StandardCharsets.UTF_8))
            .POST(HttpRequest.BodyPublishers.ofString(fields));
    return world.send(request);
  }

  private static String cookie(HttpResponse<?> answer) {
    return answer
        .headers()
        .firstValue("Set-Cookie")
        .map(set -> set.substring("__Host-connect=".length(), set.indexOf(';')))
        .orElseThrow();
  }
}
