package propusk.miniapp.signin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static propusk.miniapp.signin.StartWorld.DEVICE;
import static propusk.miniapp.signin.StartWorld.SESSION;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import propusk.domain.seal.Secret;
import propusk.miniapp.MiniAppWorld;
import propusk.miniapp.phone.Browser;

/// Which proofs let a browser in at `POST /api/auth/start`: the whole table.
class ProofsTableTest {
  private final StartWorld start = new StartWorld();
  private final MiniAppWorld world = start.world;
  private int nobodys;

  @AfterEach
  void close() {
    start.close();
  }

  /// What a browser shows of a remembered browser.
  private enum Device {
    NONE,
    OWN,
    FOREIGN,
    REPLACED,
    REVOKED,
    RETIRED,
    RESTING,
    RUBBISH
  }

  private enum Typed {
    OWN,
    NONE,
    FOREIGN,
    NOBODYS
  }

  private enum InitData {
    NONE,
    OWN,
    FOREIGN,
    FORGED,
    USED
  }

  private enum Session {
    LIVE,
    NONE,
    UNREACHABLE
  }

  /// @param answer `login_via`, or the code of a refusal
  /// @param in whether the browser gets a session
  private record Row(
      Device device, Typed number, InitData initData, Session session, String answer, boolean in) {}

  private static Row row(
      Device device, Typed number, InitData initData, Session session, String answer, boolean in) {
    return new Row(device, number, initData, session, answer, in);
  }

  private static final String DIRECT = "telegram_direct";
  private static final String CONFIRM = "telegram_confirm";
  private static final String CODE = "telegram_code";

  /// T13: every row says whether a cookie is given. A number alone never gives one.
  private static final List<Row> TABLE =
      List.of(
          // a number alone: the same for everybody
          row(Device.NONE, Typed.OWN, InitData.NONE, Session.LIVE, CONFIRM, false),
          row(Device.NONE, Typed.OWN, InitData.NONE, Session.NONE, CONFIRM, false),
          row(Device.NONE, Typed.OWN, InitData.NONE, Session.UNREACHABLE, CONFIRM, false),
          row(Device.NONE, Typed.NOBODYS, InitData.NONE, Session.LIVE, CONFIRM, false),
          row(Device.NONE, Typed.NONE, InitData.NONE, Session.LIVE, "signed_out", false),
          // a remembered browser
          row(Device.OWN, Typed.OWN, InitData.NONE, Session.LIVE, DIRECT, true),
          row(Device.OWN, Typed.NONE, InitData.NONE, Session.LIVE, DIRECT, true),
          row(Device.OWN, Typed.OWN, InitData.NONE, Session.UNREACHABLE, DIRECT, true),
          row(Device.OWN, Typed.NONE, InitData.NONE, Session.UNREACHABLE, DIRECT, true),
          row(Device.OWN, Typed.OWN, InitData.NONE, Session.NONE, CODE, false),
          row(Device.OWN, Typed.NONE, InitData.NONE, Session.NONE, CODE, false),
          row(Device.OWN, Typed.FOREIGN, InitData.NONE, Session.LIVE, CONFIRM, false),
          row(Device.OWN, Typed.NOBODYS, InitData.NONE, Session.LIVE, CONFIRM, false),
          row(Device.FOREIGN, Typed.OWN, InitData.NONE, Session.LIVE, CONFIRM, false),
          row(Device.REPLACED, Typed.OWN, InitData.NONE, Session.LIVE, CONFIRM, false),
          row(Device.REPLACED, Typed.NONE, InitData.NONE, Session.LIVE, "signed_out", false),
          row(Device.REVOKED, Typed.OWN, InitData.NONE, Session.LIVE, CONFIRM, false),
          row(Device.REVOKED, Typed.NONE, InitData.NONE, Session.LIVE, "signed_out", false),
          row(Device.RETIRED, Typed.OWN, InitData.NONE, Session.NONE, CODE, false),
          row(Device.RETIRED, Typed.OWN, InitData.NONE, Session.LIVE, CODE, false),
          row(Device.RESTING, Typed.NONE, InitData.NONE, Session.LIVE, "signed_out", false),
          row(Device.RESTING, Typed.OWN, InitData.NONE, Session.LIVE, DIRECT, true),
          row(Device.RUBBISH, Typed.OWN, InitData.NONE, Session.LIVE, CONFIRM, false),
          row(Device.RUBBISH, Typed.NONE, InitData.NONE, Session.LIVE, "signed_out", false),
          // init data
          row(Device.NONE, Typed.OWN, InitData.OWN, Session.LIVE, DIRECT, true),
          row(Device.NONE, Typed.OWN, InitData.OWN, Session.UNREACHABLE, DIRECT, true),
          row(Device.NONE, Typed.OWN, InitData.OWN, Session.NONE, CODE, false),
          row(Device.NONE, Typed.FOREIGN, InitData.OWN, Session.LIVE, CONFIRM, false),
          row(Device.NONE, Typed.NOBODYS, InitData.OWN, Session.LIVE, CONFIRM, false),
          row(Device.NONE, Typed.OWN, InitData.FOREIGN, Session.LIVE, CONFIRM, false),
          row(Device.NONE, Typed.OWN, InitData.FORGED, Session.LIVE, "init_data_invalid", false),
          row(Device.NONE, Typed.OWN, InitData.USED, Session.LIVE, "init_data_stale", false),
          row(Device.OWN, Typed.OWN, InitData.FOREIGN, Session.LIVE, DIRECT, true),
          row(Device.REVOKED, Typed.OWN, InitData.OWN, Session.LIVE, DIRECT, true));

  @Test
  void everyCombinationOfProofsLetsInOrNotAsTheTableSays() {
    for (var row : TABLE) {
      var browser = start.browser();
      var body = prepare(row, browser);
      browser.cookies().remove(SESSION);
      var answer = browser.json("/api/auth/start", body);
      var tree = browser.tree(answer);
      var said = tree.path(answer.statusCode() == 200 ? "login_via" : "code").stringValue();
      assertEquals(row.answer(), said, () -> row + ": " + answer.body());
      assertEquals(row.in(), browser.cookies().containsKey(SESSION), row::toString);
      assertFalse(answer.body().contains("auth_token"), "the token is in the cookie only");
      assertEquals(row.in(), start.isIn(browser), row::toString);
      if (row.in()) {
        assertEquals(
            row.session() == Session.LIVE ? "alive" : "unreachable",
            tree.path("telegram").stringValue(),
            row::toString);
        assertEquals("Илья", tree.path("user").path("first_name").stringValue());
      }
    }
  }

  private Map<String, String> prepare(Row row, Browser browser) {
    var ilya = new Person(world).connected();
    var anna = new Person(world).connected();
    switch (row.device()) {
      case NONE -> {}
      case OWN -> start.remember(browser, ilya);
      case FOREIGN -> start.remember(browser, anna);
      case REPLACED -> {
        start.remember(browser, ilya);
        var copied = browser.cookies().get(DEVICE);
        world.domain.clock.advance(Duration.ofSeconds(11));
        browser.json("/api/auth/start", Map.of());
        world.domain.clock.advance(Duration.ofSeconds(11));
        browser.cookies().put(DEVICE, copied);
      }
      case REVOKED -> {
        start.remember(browser, ilya);
        world.domain.in(handle -> world.domain.devices.revokeAll(handle, ilya.account.id()));
      }
      case RETIRED -> {
        start.remember(browser, ilya);
        ilya.disconnected();
        if (row.session() == Session.LIVE) ilya.connected();
      }
      case RESTING -> {
        start.remember(browser, ilya);
        var cookie = new Secret(browser.cookies().getOrDefault(DEVICE, "none"));
        world.domain.in(handle -> {
          world.domain.devices.rest(handle, cookie);
          return cookie;
        });
      }
      case RUBBISH ->
          browser
              .cookies()
              .put(DEVICE, "A".repeat(22) + "." + world.domain.tokens.secret().value());
    }
    var body = new TreeMap<String, String>();
    switch (row.number()) {
      case OWN -> body.put("phone", ilya.number.e164());
      case FOREIGN -> body.put("phone", anna.number.e164());
      case NOBODYS -> body.put("phone", "+7999" + "%07d".formatted(++nobodys));
      case NONE -> {}
    }
    switch (row.session()) {
      case LIVE -> {}
      case NONE -> {
        if (row.device() != Device.RETIRED) {
          world.domain.in(h -> world.domain.sessions.logOut(h, ilya.account.id()));
        }
      }
      // No worker lives that could ask.
      case UNREACHABLE -> {
        world.domain.clock.advance(Duration.ofMinutes(2));
        world.domain.in(
            h -> h.execute("UPDATE worker SET ended_at = now() WHERE ended_at IS NULL"));
      }
    }
    world.domain.clock.advance(Duration.ofSeconds(1));
    switch (row.initData()) {
      case NONE -> {}
      case OWN -> body.put("init_data", world.initData(ilya.account));
      case FOREIGN -> body.put("init_data", world.initData(anna.account));
      case FORGED ->
          body.put("init_data", world.initData(ilya.account).replaceFirst("hash=.", "hash=x"));
      case USED -> {
        body.put("init_data", world.initData(ilya.account));
        start.browser().json("/api/auth/start", body);
      }
    }
    return body;
  }
}
