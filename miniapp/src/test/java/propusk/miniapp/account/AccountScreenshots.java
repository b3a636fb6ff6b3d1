package propusk.miniapp.account;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.options.Cookie;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import propusk.domain.account.Account;
import propusk.domain.account.Language;
import propusk.domain.account.TelegramProfile;
import propusk.domain.account.TelegramUserId;
import propusk.domain.browser.BrowserInfo;
import propusk.domain.seal.Hashes;
import propusk.domain.seal.Secret;
import propusk.domain.usage.PlanLimit;
import propusk.domain.usage.Usage;
import propusk.domain.websession.LoginVia;
import propusk.miniapp.MiniAppWorld;
import propusk.miniapp.browser.Camera;
import propusk.miniapp.browser.Camera.Frame;

/// Takes a picture of each state of a person's own account on the website. Not among the tests that
/// always run; see the Mini App's own pictures for how.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccountScreenshots {
  private final MiniAppWorld world = new MiniAppWorld();
  private final Usage usage = new Usage(world.domain.clock);
  private final Camera camera = new Camera(world.base);
  private final Account ilya = world.ilya(Language.RU);
  private final Account nobody = world.domain.person(2, "Вера");
  private final Account longName =
      world.domain.in(handle ->
          world.domain.accounts.seen(
              handle,
              new TelegramProfile(
                  new TelegramUserId(3),
                  "Wolfeschlegelsteinhausen",
                  Optional.of("Bergerdorff-Montgomery the Third"),
                  Optional.of("wolfeschlegelsteinhausen_official"),
                  Optional.of(Language.EN))));

  AccountScreenshots() {
    // Browsers have no other clock than the machine's.
    world.domain.clock.advance(
        Duration.between(world.domain.clock.instant(), Instant.now().minus(Duration.ofDays(40))));
    connect(ilya);
    connect(longName);
    world.domain.clock.advance(Duration.ofDays(40));
  }

  @BeforeEach
  void alive() {
    set("state = 'live', session_key = '\\x01', sealed = '\\x01', ended_at = NULL");
    set("checked_at = now() - interval '6 minutes', check_wanted_at = NULL, check_failures = 0");
    world.domain.in(handle -> handle.execute("DELETE FROM web_session"));
    world.domain.in(handle -> handle.execute("DELETE FROM trusted_device"));
    used(ilya, 23, 412, 918);
    used(longName, 50, 1000, 1000);
  }

  @AfterAll
  void close() {
    camera.close();
    world.close();
  }

  @Test
  void theDashboard() {
    enter(ilya, "Telegram", "Android", "203.0.113.7", Duration.ofHours(3), LoginVia.TELEGRAM_CODE);
    enter(
        ilya,
        "Firefox",
        "Linux",
        "2001:db8:85a3::8a2e:370:7334",
        Duration.ofMinutes(20),
        LoginVia.TELEGRAM_CONFIRM);
    var phone = new BrowserInfo(Optional.of("Safari"), Optional.of("iPhone"), Optional.empty());
    var known =
        enter(ilya, "Safari", "iPhone", "203.0.113.9", Duration.ZERO, LoginVia.TELEGRAM_DIRECT);
    world.domain.in(handle -> world.domain.devices.remember(handle, ilya.id(), phone, known));
    take(ilya, "/dashboard", "dashboard");
    take(ilya, "/account/sessions", "sessions");
    set("check_wanted_at = now()");
    take(ilya, "/dashboard", "dashboard-checking");
  }

  @Test
  void theDashboardWithoutASession() {
    set("check_failures = 3, checked_at = now() - interval '9 hours'");
    take(ilya, "/dashboard", "dashboard-silent");
    set(
        "session_key = NULL, sealed = NULL, state = 'revoked', ended_at = now() - interval '5 hours'");
    take(ilya, "/dashboard", "dashboard-disconnected");
    set("state = 'ended'");
    take(ilya, "/dashboard", "dashboard-ended");
    set("session_key = '\\x01', sealed = '\\x01', state = 'duplicated'");
    take(ilya, "/dashboard", "dashboard-duplicated");
    set("state = 'quarantined'");
    take(ilya, "/dashboard", "dashboard-quarantined");
    set("state = 'log_out_pending'");
    take(ilya, "/dashboard", "dashboard-leaving");
  }

  @Test
  void whatOthersSee() {
    take(nobody, "/dashboard", "dashboard-empty");
    take(longName, "/dashboard", "dashboard-long");
    take(longName, "/account/sessions", "sessions-long");
    world.domain.in(
        handle -> handle.execute("UPDATE subscription SET expires_at = now() - interval '2 days'"));
    take(ilya, "/dashboard", "dashboard-over");
    world.domain.in(handle -> handle.execute("UPDATE subscription SET expires_at = NULL"));
  }

  @Test
  void theQuestions() {
    take(ilya, "/account/disconnect", "disconnect");
    take(ilya, "/account/delete", "delete");
    take(ilya, "/account/reconnect", "reconnect");
  }

  private void take(Account account, String path, String state) {
    for (var frame : Frame.values()) {
      var cookie =
          enter(
              account,
              "Chrome",
              "Windows",
              "198.51.100.24",
              Duration.ZERO,
              LoginVia.TELEGRAM_DIRECT);
      try (var app = camera.browser(frame)) {
        app.page()
            .context()
            .addCookies(
                List.of(
                    new Cookie("__Host-session", cookie.value())
                        .setUrl("https://localhost")
                        .setSecure(true)));
        app.open(world.base.resolve(path).toString());
        app.see("h1");
        camera.take(app, state, frame);
        assertEquals(
            frame.width(),
            ((Number) app.page().evaluate("() => document.documentElement.scrollWidth")).intValue(),
            state + " scrolls sideways in " + frame);
        assertEquals(List.of(), app.complaints());
      }
      world.domain.in(handle -> world.webSessions.revoke(handle, cookie));
    }
  }

  private Secret enter(
      Account account, String browser, String system, String ip, Duration ago, LoginVia via) {
    var info =
        new BrowserInfo(
            Optional.of(browser), Optional.of(system), Optional.of(InetAddress.ofLiteral(ip)));
    var cookie =
        world.domain.in(handle -> world.webSessions.enter(handle, via, account.id(), info));
    world.domain.in(handle ->
        handle.execute(
            "UPDATE web_session SET created_at = created_at - interval '%d seconds' WHERE id_hash = ?"
                .formatted(Math.min(ago.toSeconds(), 1700)),
            Hashes.sha256(cookie.value())));
    return cookie;
  }

  private void connect(Account account) {
    var login = world.requested(account);
    world.bearer(login, account);
    world.complete(world.claim(), account);
  }

  private void used(Account account, int channels, int posts, int rag) {
    world.domain.jdbi.useTransaction(handle -> {
      usage.report(handle, account.id(), PlanLimit.CHANNELS, channels);
      usage.report(handle, account.id(), PlanLimit.POSTS, posts);
      usage.report(handle, account.id(), PlanLimit.RAG, rag);
    });
  }

  private void set(String columns) {
    world.domain.in(handle -> handle.execute("UPDATE telegram_session SET " + columns));
  }
}
