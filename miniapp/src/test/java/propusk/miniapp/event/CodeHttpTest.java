package propusk.miniapp.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import propusk.domain.account.Account;
import propusk.domain.organization.Organization;
import propusk.domain.seal.Secret;
import propusk.miniapp.MiniAppWorld;
import propusk.miniapp.edge.FormTokens;

/// Seed 003's endpoints: a code for a browser, and what an organization says with its key.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CodeHttpTest {
  private final ClubWorld club = new ClubWorld();
  private final MiniAppWorld world = club.world;
  private final Account ilya = club.ilya;
  private final Organization shore = club.shore;

  @AfterEach
  void forgetLimits() {
    club.forgetLimits();
  }

  @AfterAll
  void close() {
    club.close();
  }

  /// Threat T10: the corpus itself is LocalPathTest's.
  @Test
  void aRedirectIsAPathOfThisSiteOrNothing() {
    for (var bad :
        List.of(
            "https://evil.example",
            "//evil.example",
            "/\\\\evil.example",
            "/%2f%2fevil.example",
            "javascript:alert(1)",
            "/a/../b",
            "")) {
      var refused = club.generate("{\"orgId\":\"north-shore\",\"redirectUrl\":\"" + bad + "\"}");
      assertEquals(422, refused.statusCode(), bad);
    }
    var answer =
        club.generate("{\"orgId\":\"north-shore\",\"redirectUrl\":\"/dashboard?from=club\"}");
    var admission = club.approve(club.cookie(answer, "__Host-event"));
    var entered = world.send(club.form("/auth/magic/" + club.token(admission)));
    assertEquals(303, entered.statusCode());
    assertEquals("/dashboard?from=club", entered.headers().firstValue("Location").orElseThrow());
  }

  @Test
  void generateAnswersAsTheFirstVersionDidAndDrawsTheCodeHere() {
    var event = club.event(40);
    var answer = club.generate("{\"eventId\":\"" + event.publicId() + "\"}");
    assertEquals(200, answer.statusCode(), answer.body());
    var json = world.tree(answer.body());
    assertTrue(json.path("code").stringValue().matches("[A-Z2-7]{8}"));
    assertTrue(
        json.path("deepLink").stringValue().matches("https://t.me/propusk_bot\\?start=.{22}"));
    assertEquals("propusk_bot", json.path("botUsername").stringValue());
    assertEquals(600, json.path("expiresInSeconds").intValue());
    var cookie = "__Host-event=" + club.cookie(answer, "__Host-event");
    var qr = club.get(json.path("qrUrl").stringValue(), cookie);
    assertTrue(qr.body().startsWith("<svg "), qr.body());
    assertEquals(
        404, club.get(json.path("qrUrl").stringValue(), "").statusCode(), "for its browser");
    assertEquals(
        404,
        club.generate("{\"eventId\":\"%s\",\"orgId\":\"other\"}".formatted(event.publicId()))
            .statusCode());
  }

  /// Threat T27.
  @Test
  void anOrganizationsBotVerifiesACodeWithItsKeyForItsOwnPagesOnly() {
    var event = club.event(40);
    var answer = club.generate("{\"eventId\":\"" + event.publicId() + "\"}");
    var code = world.tree(answer.body()).path("code").stringValue();
    var body =
        "{\"code\":\"%s\",\"telegramUserId\":%d,\"firstName\":\"Mallory\"}"
            .formatted(code, ilya.telegramId().value());
    assertEquals(401, club.verify(body, "Bearer pk_nothing").statusCode());
    var foreign = world.domain.organization("foreign");
    assertEquals(
        404, club.verify(body, club.key(foreign)).statusCode(), "another organization's key");
    var key = club.key(shore);
    var verified = club.verify(body, key);
    assertEquals(200, verified.statusCode(), verified.body());
    var json = world.tree(verified.body());
    assertEquals(event.path(), json.path("redirectUrl").stringValue());
    assertEquals("north-shore", json.path("orgId").stringValue());
    assertEquals(404, club.verify(body, key).statusCode(), "a code is used once");

    var path = json.path("sessionUrl").stringValue().substring(world.base.toString().length());
    var session = "__Host-session=" + club.cookie(world.send(club.form(path)), "__Host-session");
    assertTrue(club.page(event, session).contains("Набережная, 5"));
    for (var closed : List.of("/dashboard", "/account/sessions")) {
      assertEquals(303, club.get(closed, session).statusCode(), closed);
    }
    var others = world.domain.in(h -> world.domain.events.create(h, foreign, club.draft(40)));
    assertTrue(
        club.page(others, session).contains("Войдите через Telegram"),
        "no session on others' pages");
  }

  /// Threat T27.
  @Test
  void whoAnOrganizationVouchedForGoesInToItsPagesOnly() {
    var event = club.event(40);
    var cookie = club.cookie(club.post(event, "", "do=code"), "__Host-event");
    var signIn = club.signIn(cookie);
    var body =
        "{\"token\":\"%s\",\"number\":%d,\"user\":{\"id\":%d,\"first_name\":\"Mallory\"}}"
            .formatted(
                world.domain.signIns.start(signIn).value(),
                signIn.number(),
                ilya.telegramId().value());
    var vouched =
        world.tree(world.post("/api/auth", body, "Authorization", club.key(shore)).body());
    assertTrue(vouched.path("authorized").booleanValue(), vouched::toString);
    assertEquals(event.path(), vouched.path("redirectUrl").stringValue());
    assertTrue(vouched.path("sessionUrl").stringValue().contains("/auth/magic/"));
    var form = "do=enter&form_token=" + FormTokens.of(new Secret(cookie));
    var session =
        "__Host-session="
            + club.cookie(club.post(event, "__Host-event=" + cookie, form), "__Host-session");
    assertTrue(club.page(event, session).contains("Набережная, 5"), "the word gives the place too");
    assertEquals(303, club.get("/dashboard", session).statusCode());
  }

  /// Threat T12.
  @Test
  void codesThatAreGuessedRunOutForTheOneWhoGuesses() {
    var key = club.key(shore);
    var body = "{\"code\":\"AAAAAAAA\",\"telegramUserId\":4242}";
    for (int i = 0; i < 5; i++) {
      assertEquals(404, club.verify(body, key).statusCode());
    }
    var limited = club.verify(body, key);
    assertEquals(429, limited.statusCode());
    assertTrue(world.tree(limited.body()).path("retry_after").intValue() > 0);
  }
}
