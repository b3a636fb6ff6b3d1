package propusk.miniapp.signin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import propusk.domain.account.Account;
import propusk.domain.organization.OrganizationId;
import propusk.domain.seal.Secret;
import propusk.miniapp.MiniAppWorld;

/// `/api/auth` for pages of other sites, and for organizations that show their service key.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OtherSiteHttpTest {
  private final SiteWorld site = new SiteWorld();
  private final MiniAppWorld world = site.world;
  private final Account ilya = site.ilya;
  private final OrganizationId chess = world.domain.organization("chess").id();
  private final OrganizationId go = world.domain.organization("go").id();

  @AfterAll
  void close() {
    site.close();
  }

  @BeforeEach
  void openAllLimits() {
    site.openAllLimits();
  }

  @Test
  void aPageOfAnotherSiteEndsWithACodeForItsBackendAndNoCookie() {
    var verifier = world.domain.tokens.secret().value();
    var theirs = site.beginAt(MiniAppWorld.OTHER_SITE, verifier);
    site.open(theirs, ilya);
    assertEquals("opened", site.look(theirs).path("status").stringValue());
    site.pick(theirs, ilya);
    assertTrue(site.look(theirs).path("authorized").booleanValue());
    var ended = site.exchange(theirs);
    assertEquals(200, ended.statusCode());
    assertFalse(ended.headers().map().containsKey("set-cookie"));
    assertEquals(
        MiniAppWorld.OTHER_SITE,
        ended.headers().firstValue("Access-Control-Allow-Origin").orElseThrow());
    assertFalse(ended.headers().map().containsKey("access-control-allow-credentials"));
    var code = world.tree(ended.body()).path("code").stringValue();
    var theirKey = site.key(chess);
    assertEquals(401, site.redeem(code, MiniAppWorld.OTHER_SITE, site.key(go)).statusCode());
    assertEquals(401, site.redeem(code, "https://evil.example", theirKey).statusCode());
    assertEquals(401, site.redeem(code, MiniAppWorld.OTHER_SITE, "pk_guess").statusCode());
    var user = world.tree(site.redeem(code, MiniAppWorld.OTHER_SITE, theirKey).body()).path("user");
    assertEquals(ilya.telegramId().value(), user.path("id").longValue());
    assertEquals(401, site.redeem(code, MiniAppWorld.OTHER_SITE, theirKey).statusCode(), "once");
  }

  @Test
  void onlyListedSitesAreLetInAndOnlyToTheseEndpoints() {
    var listed = site.preflight("/api/auth/begin", MiniAppWorld.OTHER_SITE);
    assertEquals(204, listed.statusCode());
    assertEquals(
        MiniAppWorld.OTHER_SITE,
        listed.headers().firstValue("Access-Control-Allow-Origin").orElseThrow());
    for (var foreign :
        List.of(
            "https://evil.example", "https://shop.example.evil", "http://shop.example", "null")) {
      var answer = site.preflight("/api/auth/begin", foreign);
      assertFalse(answer.headers().map().containsKey("access-control-allow-origin"), foreign);
      var begun = site.post("/api/auth/begin", "{}", "Origin", foreign);
      assertEquals(403, begun.statusCode(), foreign);
    }
    for (var closed : List.of("/dashboard", "/logout", "/api/auth/code", "/qr-auth/open")) {
      var answer = site.preflight(closed, MiniAppWorld.OTHER_SITE);
      assertFalse(answer.headers().map().containsKey("access-control-allow-origin"), closed);
    }
    var unknown =
        site.post(
            "/api/auth/begin",
            site.json(
                Map.of("challenge", site.challenge("x".repeat(43)), "organization", "nobody")),
            "Origin",
            MiniAppWorld.OTHER_SITE);
    assertEquals(404, unknown.statusCode());
  }

  @Test
  void aSocketIsForItsBrowserOnAListedPageOnlyAndSetsNoCookie() throws Exception {
    var ours = site.begin();
    assertThrows(CompletionException.class, () -> site.new Socket(ours, "https://evil.example"));
    var verifier = world.domain.tokens.secret().value();
    var theirs = site.beginAt(MiniAppWorld.OTHER_SITE, verifier);
    try (var socket = site.new Socket(theirs, MiniAppWorld.OTHER_SITE, "propusk.auth", verifier)) {
      assertEquals("waiting", socket.next().path("status").stringValue());
      assertEquals("propusk.auth", socket.socket.getSubprotocol());
    }
    var handshake =
        world.get(
            "/ws/auth?token=" + ours.token(),
            "Cookie",
            ours.headers()[1],
            "Origin",
            world.base.toString());
    assertEquals(400, handshake.statusCode(), "no upgrade was asked for");
    assertFalse(handshake.headers().map().containsKey("set-cookie"));
    site.await(() -> world.module.waiting() == 0);
  }

  /// T27: an organization's bot says who came; what comes of it is good for its pages only.
  @Test
  void aServiceKeyVouchesForItsOrganizationOnly() {
    var ours = site.begin();
    var user =
        "\"user\":{\"id\":%d,\"first_name\":\"Mallory\"}".formatted(ilya.telegramId().value());
    var body = "{\"token\":\"" + ours.start().value() + "\"," + user + "}";
    for (var wrong : List.of("", "Bearer pk_" + "A".repeat(43))) {
      var refused =
          wrong.isEmpty()
              ? world.post("/api/auth", body)
              : world.post("/api/auth", body, "Authorization", wrong);
      assertEquals(401, refused.statusCode());
    }
    assertEquals("waiting", site.look(ours).path("status").stringValue());
    var byPublicId = body.replace(ours.start().value(), ours.token());
    assertEquals(
        404, site.vouch(byPublicId, site.key(chess)).statusCode(), "the public token is no link");
    assertEquals(200, site.vouch(body, site.key(chess)).statusCode());
    assertEquals(
        "Илья", site.look(ours).path("user").path("first_name").stringValue(), "nobody is renamed");
    assertEquals(409, site.vouch(body, site.key(chess)).statusCode(), "once");
    var session = new Secret(site.cookie(site.exchange(ours), "__Host-session").split("=", 2)[1]);
    var seen =
        world.domain.in(handle ->
            List.of(
                world.webSessions.showTo(handle, chess, session).isPresent(),
                world.webSessions.showTo(handle, go, session).isPresent(),
                world.webSessions.show(handle, session).isPresent()));
    assertEquals(List.of(true, false, false), seen);
    var cookie = "__Host-session=" + session.value();
    for (var path : List.of("/dashboard", "/account/sessions")) {
      assertNotEquals(200, world.get(path, "Cookie", cookie).statusCode(), path);
    }
  }

  @Test
  void aWrongNumberAtTheOrganizationsBotClosesTheSignIn() {
    var ours = site.begin();
    int other = ours.number() == 10 ? 11 : 10;
    var body =
        "{\"token\":\"%s\",\"number\":%d,\"user\":{\"id\":77,\"first_name\":\"Вера\"}}"
            .formatted(ours.start().value(), other);
    assertEquals("{\"authorized\":false}", site.vouch(body, site.key(chess)).body());
    assertEquals("mismatched", site.look(ours).path("status").stringValue());
  }
}
