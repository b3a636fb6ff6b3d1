package propusk.miniapp.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import propusk.domain.account.Account;
import propusk.domain.event.RegisterOutcome;
import propusk.domain.seal.Secret;
import propusk.miniapp.MiniAppWorld;
import propusk.miniapp.edge.FormTokens;

/// An event's page and the page of a link from the chat, with what makes them safe.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventHttpTest {
  private final ClubWorld club = new ClubWorld();
  private final MiniAppWorld world = club.world;
  private final Account ilya = club.ilya;

  @AfterEach
  void forgetLimits() {
    club.forgetLimits();
  }

  @AfterAll
  void close() {
    club.close();
  }

  @Test
  void aStrangerSeesTheEventWithoutItsPlaceAndTheOneWhoSaidYesGoesInOnce() {
    var event = club.event(40);
    var closed = club.page(event, "");
    assertTrue(closed.contains("Ночная прогулка") && closed.contains("Санкт-Петербург"), closed);
    assertFalse(closed.contains("Набережная"), "the place is for who is registered");
    var cookie = club.cookie(club.post(event, "", "do=code"), "__Host-event");
    var waiting = club.page(event, "__Host-event=" + cookie);
    assertTrue(waiting.contains("Ждём вас в боте"), waiting);
    club.approve(cookie);
    var form = "do=enter&form_token=" + FormTokens.of(new Secret(cookie));
    assertTrue(
        club.post(event, "__Host-event=" + cookie, "do=enter&form_token=x")
            .headers()
            .allValues("Set-Cookie")
            .isEmpty());
    var earlier = club.signedIn();
    var both = "__Host-event=" + cookie + "; __Host-session=" + earlier.value();
    var session = club.cookie(club.post(event, both, form), "__Host-session");
    assertTrue(club.isOut(earlier), "the browser changes hands");
    var open = club.page(event, "__Host-session=" + session);
    assertTrue(open.contains("Набережная, 5") && open.contains("вы записаны"), open);
    assertTrue(
        club.post(event, "__Host-event=" + cookie, form)
            .headers()
            .allValues("Set-Cookie")
            .isEmpty(),
        "once");
    var elsewhere = club.event(40);
    var other = club.page(elsewhere, "__Host-session=" + session);
    assertFalse(other.contains("Набережная"), "signed in is not registered");
    assertTrue(other.contains("Записаться"), other);
    club.post(
        elsewhere,
        "__Host-session=" + session,
        "do=join&form_token=" + FormTokens.of(new Secret(session)));
    assertTrue(club.page(elsewhere, "__Host-session=" + session).contains("Набережная, 5"));
  }

  @Test
  void aPlaceIsGivenBackByItsOwnPagesFormOnlyAndIsTheNextOnes() {
    var event = club.event(1);
    world.domain.in(h -> world.domain.events.register(h, event.id(), ilya.id()));
    var cookie = club.signedIn();
    var session = "__Host-session=" + cookie.value();
    assertTrue(club.page(event, session).contains("Отдать место"));
    club.post(event, session, "do=leave&form_token=x");
    club.post(event, "", "do=leave&form_token=" + FormTokens.of(cookie));
    assertTrue(
        club.page(event, session).contains("вы записаны"), "no page of others gives it back");
    var form = "do=leave&form_token=" + FormTokens.of(cookie);
    var left = club.post(event, session, form).headers().firstValue("Location").orElseThrow();
    assertTrue(club.get(left, session).body().contains("Место отдано"), left);
    assertFalse(club.page(event, session).contains("Место отдано"), "said once");
    assertFalse(club.page(event, session).contains("Набережная"), "who has no place sees none");
    assertEquals(
        event.path(),
        club.post(event, session, form).headers().firstValue("Location").orElseThrow());
    var anna = world.domain.person(2, "Анна");
    var got = world.domain.in(h -> world.domain.events.register(h, event.id(), anna.id()));
    assertEquals(RegisterOutcome.REGISTERED, got);
    var late = club.get(left, session).body();
    assertTrue(late.contains("уже заняли") && !late.contains("Записаться снова"), late);
  }

  @Test
  void whatIsNotThereOrNotOpenSaysSo() {
    var event = club.event(1);
    assertEquals(404, club.get("/p/other/events/" + event.publicId(), "").statusCode());
    assertEquals(404, club.get("/p/north-shore/events/" + "A".repeat(22), "").statusCode());
    world.domain.in(h -> world.domain.events.register(h, event.id(), ilya.id()));
    assertTrue(club.page(event, "").contains("Все места заняты."));
    world.domain.in(h -> world.domain.events.cancel(h, event.id()));
    assertTrue(club.page(event, "").contains("Событие отменено."));
  }

  /// Threat T11.
  @Test
  void previewsOfAMagicLinkSpendNothingAndItsPageNamesTheAccount() {
    var event = club.event(40);
    var admission = club.approve(club.cookie(club.post(event, "", "do=code"), "__Host-event"));
    var path = "/auth/magic/" + club.token(admission);
    for (int i = 0; i < 20; i++) {
      var asked = club.get(path, "");
      assertEquals(200, asked.statusCode());
      assertTrue(asked.body().contains("@ilya_kozlov"), asked.body());
      assertTrue(asked.headers().allValues("Set-Cookie").isEmpty());
    }
    var foreign =
        HttpRequest.newBuilder(world.base.resolve(path))
            .header("Origin", "https://evil.example")
            .POST(BodyPublishers.ofString(""));
    assertEquals(403, world.send(foreign).statusCode(), "no page of others presses the button");
    var anna = club.signedIn(world.domain.person(2, "Анна"));
    var other = club.get(path, "__Host-session=" + anna.value()).body();
    assertTrue(other.contains("другой аккаунт: Анна"), "whose browser this is now");
    var earlier = club.signedIn();
    var entered = world.send(club.form(path).header("Cookie", "__Host-session=" + earlier.value()));
    assertTrue(club.isOut(earlier), "the browser changes hands");
    assertEquals(event.path(), entered.headers().firstValue("Location").orElseThrow());
    var session = club.cookie(entered, "__Host-session");
    assertTrue(club.page(event, "__Host-session=" + session).contains("Набережная, 5"));
    assertEquals(409, world.send(club.form(path)).statusCode());
    assertEquals(409, club.get(path, "").statusCode(), "used is not too old");
    var again = club.get(path, "__Host-session=" + session);
    assertEquals(event.path(), again.headers().firstValue("Location").orElseThrow());
    assertEquals(404, club.get("/auth/magic/" + "A".repeat(43), "").statusCode());
  }
}
