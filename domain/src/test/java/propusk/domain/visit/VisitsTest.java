package propusk.domain.visit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import propusk.domain.DomainWorld;
import propusk.domain.account.Account;
import propusk.domain.browser.BrowserInfo;
import propusk.domain.seal.Hashes;
import propusk.domain.seal.Secret;
import propusk.domain.websession.LoginVia;
import propusk.domain.websession.WebSessions;

class VisitsTest {
  private static final BrowserInfo CHROME =
      new BrowserInfo(Optional.of("Chrome"), Optional.empty(), Optional.empty());

  private final DomainWorld world = new DomainWorld();
  private final WebSessions sessions = new WebSessions(world.clock, world.tokens);
  private final Visits visits = new Visits(sessions, world.clock, world.tokens);
  private final Account ilya = world.person(1, "Ilya");

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void initDataOpenOneTabAndItsBearerEndsAfterAQuarterOfAnHour() {
    var bearer = open("launch", "tab").orElseThrow();
    assertEquals(ilya.id(), find(bearer).orElseThrow().account());
    assertTrue(open("launch", "another tab").isEmpty(), "a replay");
    var reloaded = open("launch", "tab").orElseThrow();
    assertTrue(find(bearer).isEmpty(), "the page before the reload is gone");
    assertTrue(open("another launch", "another tab").isPresent());
    world.clock.advance(Visits.BEARER_LIFE);
    assertTrue(find(reloaded).isEmpty());
    assertTrue(world.in(handle -> visits.siteLink(handle, reloaded)).isEmpty());
  }

  @Test
  void aLinkLetsOneBrowserInAndLookingSpendsNothing() {
    var bearer = open("launch", "tab").orElseThrow();
    var link = link(bearer);
    for (int times = 0; times < 3; times++) {
      assertEquals(new SiteLink.Open(ilya.id()), look(link));
    }
    var first = entered(enter(link));
    assertEquals(LoginVia.TELEGRAM_DIRECT, show(first).orElseThrow());
    assertEquals(new SiteLink.Spent(ilya.id()), look(link));
    assertEquals(new SiteLink.Spent(ilya.id()), enter(link));

    var newer = link(bearer);
    assertInstanceOf(SiteLink.Unknown.class, enter(link), "the newer one has its place");
    assertTrue(show(first).isPresent(), "until the newer one is used");
    var second = entered(enter(newer));
    assertTrue(show(first).isEmpty(), "a visit has one web session");
    assertTrue(show(second).isPresent());

    var old = link(bearer);
    world.clock.advance(Visits.LINK_LIFE);
    assertInstanceOf(SiteLink.Old.class, look(old));
    assertInstanceOf(SiteLink.Old.class, enter(old));
    assertTrue(show(second).isPresent());
    world.clock.advance(Duration.ofDays(1));
    assertEquals(1, world.<Integer>in(handle -> visits.forget(handle, world.clock.instant())));
  }

  private Optional<Secret> open(String launch, String tab) {
    return world.in(handle ->
        visits.open(handle, ilya.id(), DomainWorld.BOT, Hashes.sha256(launch), new Secret(tab)));
  }

  private Optional<Visit> find(Secret bearer) {
    return world.in(handle -> visits.find(handle, bearer));
  }

  private Secret link(Secret bearer) {
    return world.in(handle -> visits.siteLink(handle, bearer)).orElseThrow();
  }

  private SiteLink look(Secret link) {
    return world.in(handle -> visits.look(handle, link));
  }

  private SiteLink enter(Secret link) {
    return world.in(handle -> visits.enter(handle, link, CHROME));
  }

  private static Secret entered(SiteLink outcome) {
    return assertInstanceOf(SiteLink.Entered.class, outcome).cookie();
  }

  private Optional<LoginVia> show(Secret cookie) {
    return world.in(handle -> sessions.show(handle, cookie)).map(session -> session.loginVia());
  }
}
