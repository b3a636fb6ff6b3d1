package propusk.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.pengrad.telegrambot.TelegramBot;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import propusk.app.config.Config;
import propusk.app.config.Role;
import propusk.app.launch.Owned;
import propusk.app.story.Await;
import propusk.app.story.MiniApp;
import propusk.app.story.TownSettings;
import propusk.bot.command.Menus;
import propusk.domain.account.Accounts;
import propusk.domain.account.Language;
import propusk.domain.account.TelegramProfile;
import propusk.domain.account.TelegramUserId;
import propusk.domain.alert.AlertKind;
import propusk.domain.alert.Alerts;
import propusk.domain.inbox.Inbox;
import propusk.domain.inbox.ReceivedUpdate;
import propusk.domain.seal.Sealer;
import propusk.domain.signin.SignInStep;
import propusk.migrations.TestDatabase;
import propusk.sandbox.Sandbox;
import propusk.sandbox.SandboxConfig;
import propusk.sandbox.botapi.SandboxBot;
import propusk.sandbox.person.SandboxClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The operator's commands against one database, and a bot that was added by one of them.
class OperatorTest {
  private static final String KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
  private static final Sealer SEALER = Sealer.parse(KEY);
  private static TestDatabase database;
  private static Jdbi jdbi;

  private record Said(int code, String out, String err) {
    JsonNode json() {
      assertEquals(0, code, err);
      return JsonMapper.shared().readTree(out);
    }
  }

  @BeforeAll
  static void start() {
    database = TestDatabase.create();
    jdbi = Jdbi.create(database.dataSource());
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @Test
  void anInviteIsMadeListedShownAndRevoked() {
    var made = run("invite", "create", "premium", "--uses", "3", "--json").json();
    var hint = made.path("code").asString().substring(8);
    var line =
        run("invite", "list", "--json")
            .json()
            .valueStream()
            .filter(each -> each.path("code").asString().equals("…" + hint))
            .findFirst()
            .orElseThrow();
    assertEquals("open", line.path("state").asString());
    var id = line.path("id").asString();
    assertTrue(run("invite", "list").out().contains("…" + hint));
    assertEquals(3, run("invite", "show", id, "--json").json().path("uses").asInt());
    assertEquals(0, run("invite", "revoke", id).code());
    assertEquals("revoked", run("invite", "show", id, "--json").json().path("state").asString());
    assertRefused("revoked before", "invite", "revoke", id);
    assertRefused("There is no invite 999", "invite", "show", "999");
    assertFalse(run("invite", "list", "--open").out().contains(hint));
    var audit = run("audit").out();
    assertTrue(audit.contains("invite_created") && audit.contains("invite_revoked"), audit);
  }

  @Test
  void aPlanIsMadeAndChangedAndWrongOnesAreRefused() {
    var club = List.of("--name", "Клуб", "--channels", "7", "--digests", "on", "--days", "30");
    var create = new java.util.ArrayList<>(List.of("plan", "create", "club"));
    create.addAll(club);
    assertEquals(0, run(create.toArray(String[]::new)).code());
    assertEquals(0, run("plan", "set", "club", "--posts", "70", "--days", "0").code());
    var plan =
        run("plan", "list", "--json")
            .json()
            .valueStream()
            .filter(each -> each.path("code").asString().equals("club"))
            .findFirst()
            .orElseThrow();
    assertEquals(
        "{\"code\":\"club\",\"name\":\"Клуб\",\"channels\":7,\"posts\":70,\"rag\":0,\"digests\":\"on\"}",
        plan.toString());
    assertRefused("already", "plan", "create", "club");
    assertRefused("There is no plan", "plan", "set", "gold", "--posts", "1");
    assertRefused("0 to 1000000000", "plan", "set", "club", "--posts", "-1");
    assertRefused("on or off", "plan", "set", "club", "--digests", "yes");
    assertRefused("small letters", "plan", "create", "Клуб");
  }

  @Test
  void aLiveSessionIsListedAndEnded() {
    var id = "AAAAAAAAAAAAAAAAAAAAAA";
    jdbi.useTransaction(handle -> {
      var account =
          new Accounts()
              .seen(
                  handle,
                  new TelegramProfile(
                      new TelegramUserId(139_883_458),
                      "Илья",
                      Optional.of("Козлов"),
                      Optional.of("ilya_kozlov"),
                      Optional.of(Language.RU)));
      handle.execute(
          "INSERT INTO telegram_session (id, account_id, telegram_id, state, session_key, sealed, created_at)"
              + " VALUES (?, ?, 139883458, 'live', '\\x00', '\\x00', now())",
          id,
          account.id().value());
    });
    var list = run("session", "list", "--state", "live", "--person", "139883458").out();
    assertTrue(list.contains(id) && list.contains("@ilya_kozlov"), list);
    assertEquals(
        "Илья Козлов", run("session", "show", id, "--json").json().path("owner").asString());
    assertEquals(0, run("session", "end", id).code());
    assertEquals(
        "log_out_pending", run("session", "show", id, "--json").json().path("state").asString());
    assertRefused("not live", "session", "end", id);
    assertRefused("There is no session", "session", "show", "B");
    assertRefused("must be one of", "session", "list", "--state", "dead");
  }

  @Test
  void aDeadUpdateIsOpenedForTheOperatorAndRetried() {
    var inbox = new Inbox(SEALER, Instant::now);
    jdbi.useTransaction(handle -> {
      inbox.store(
          handle, 5, List.of(new ReceivedUpdate(77, 1, "{\"update_id\":77,\"word\":\"привет\"}")));
      inbox.unreadable(handle, inbox.take(handle, 5, 1).getFirst());
    });
    var list = run("inbox", "list", "--json").json();
    assertEquals("unreadable", list.path(0).path("error").asString());
    assertFalse(list.toString().contains("привет"));
    assertEquals("привет", run("inbox", "show", "5", "77").json().path("word").asString());
    assertEquals(0, run("inbox", "retry", "5", "77").code());
    assertRefused("There is no dead update", "inbox", "retry", "5", "77");
    assertEquals(77L, jdbi.inTransaction(handle -> inbox.take(handle, 5, 1)).getFirst().updateId());
    assertTrue(run("audit").out().contains("update_opened"));
  }

  @Test
  void statsCountHowFarLoginsCameAndWhyTheOthersEnded() {
    jdbi.useHandle(handle ->
        handle.execute(
            """
            INSERT INTO login (id, purpose, phone_hash, language, phase, end_code, created_at, deadline, ended_at,
              opened_at, scanned_at)
            SELECT rpad(n::text, 22, 'A'), 'phone_login', '\\x%s'::bytea, 'ru',
              CASE WHEN n = 1 THEN 'completed' WHEN n < 4 THEN 'failed' ELSE 'expired' END,
              CASE WHEN n IN (2, 3) THEN 'flood_wait' END, now(), now(), now(), now(),
              CASE WHEN n < 3 THEN now() END
            FROM generate_series(1, 5) n
            """
                .formatted("00".repeat(32))));
    jdbi.useHandle(handle ->
        handle.execute(
            """
            INSERT INTO sign_in (id, kind, browser_hash, start_hash, number, choices, phase, remember, created_at,
              deadline, opened_at, ended_at)
            SELECT rpad(n::text, 22, 'S'), 'site', decode(repeat('00', 32), 'hex'), sha256(n::text::bytea), 12,
              ARRAY[12, 47, 83]::smallint[], CASE WHEN n = 1 THEN 'waiting' ELSE 'expired' END, false, now(), now(),
              CASE WHEN n = 2 THEN now() END, CASE WHEN n > 1 THEN now() END
            FROM generate_series(1, 3) n
            """));
    var signIns = run("stats", "--json").json().path(1);
    assertEquals("sign_in_site", signIns.path("way").asString());
    assertEquals(3, signIns.path("started").asInt());
    assertEquals(1, signIns.path("opened").asInt());
    assertEquals("{\"never_opened\":1,\"no_answer\":1}", signIns.path("ends").toString());
    var day = run("stats", "--days", "1", "--json").json().path(0);
    assertEquals("phone_login", day.path("way").asString());
    assertEquals(
        List.of(5, 5, 2, 1),
        List.of(
            day.path("started").asInt(),
            day.path("opened").asInt(),
            day.path("scanned").asInt(),
            day.path("finished").asInt()));
    assertEquals("{\"expired\":2,\"flood_wait\":2}", day.path("ends").toString());
    assertTrue(run("stats").out().contains("expired 2, flood_wait 2"));
    assertRefused("--days", "stats", "--days", "0");
  }

  @Test
  void alertsAreListed() {
    jdbi.useTransaction(
        handle -> new Alerts(Instant::now).raise(handle, AlertKind.API_REJECTED, "login"));
    assertTrue(run("alerts").out().contains("api_rejected"));
  }

  @Test
  void aDatabaseThatIsNotThereIsSaidInASentence() {
    var nowhere = new TreeMap<>(settings());
    nowhere.put("PROPUSK_DATABASE_URL", "postgres://a:b@127.0.0.1:1/propusk");
    var said = run(nowhere, "stats");
    assertEquals(1, said.code());
    assertTrue(said.err().startsWith("The database does not answer"), said.err());
    assertFalse(said.err().contains("\tat "), said.err());
  }

  @Test
  void aBotAddedFromAFileAnswersAfterAStartAndItsButtonOpensThePage(@TempDir Path directory)
      throws IOException {
    var second = new SandboxBot("7000000002:BBsecondsecondsecondsecondsecond", "second_bot", "Два");
    var first = new SandboxBot("7000000001:AAfirstfirstfirstfirstfirstfirst", "first_bot", "Один");
    var baseUrl = URI.create("http://localhost:" + TownSettings.freePort());
    var world =
        SandboxConfig.onFreePorts(directory.resolve("world"), baseUrl.toString(), first, second);
    try (var own = TestDatabase.create();
        var sandbox = Sandbox.start(world);
        var client = new SandboxClient(sandbox.url());
        var owned = new Owned()) {
      var all = TownSettings.of(own.url(), directory, baseUrl, sandbox);
      all.put("PROPUSK_BOT_TOKEN", first.token());
      all.put("PROPUSK_BOT_USERNAME", first.username());
      int ops = TownSettings.freePort();
      all.put("PROPUSK_OPS_PORT", Integer.toString(ops));
      var file = Files.writeString(directory.resolve("token"), second.token() + "\n", UTF_8);
      var wrong = Files.writeString(directory.resolve("wrong"), "7000000003:" + "C".repeat(30));
      var operator = Config.onlyFor(Role.OPERATOR, all);
      var refused = run(operator, "bot", "add", "--token-file", wrong.toString());
      assertTrue(refused.err().contains("does not know this token"), refused.err());
      assertEquals(0, run(operator, "org", "create", "north-shore", "Северный берег").code());
      var strange =
          run(operator, "bot", "add", "--token-file", file.toString(), "--org", "south-shore");
      assertTrue(strange.err().contains("There is no organization"), strange.err());
      var added =
          run(operator, "bot", "add", "--token-file", file.toString(), "--org", "north-shore");
      assertTrue(added.out().contains("@second_bot") && added.out().contains("Restart"));
      var rows = Jdbi.create(own.dataSource());
      assertFalse(
          rows.withHandle(h -> h.createQuery("SELECT bot::text FROM bot").mapTo(String.class).one())
              .contains(second.token()));

      // What an earlier version had set for every bot.
      new TelegramBot.Builder(second.token())
          .apiUrl(sandbox.url() + "/bot")
          .build()
          .execute(Menus.home("https://app.example"));
      Wiring.web(Config.web(Config.onlyFor(Role.WEB, all)), owned);
      var invite = run(operator, "invite", "create", "premium", "--uses", "2").out().strip();
      var ilya = client.newPerson("Илья", "");
      ilya.send("/help");
      ilya.awaitMessage("Что я умею");
      var there = ilya.with("second_bot");
      there.send("/login@second_bot " + invite);
      var page =
          new MiniApp(there.tap(there.awaitMessage("Инвайт код принят"), "QR").orElseThrow());
      assertEquals(200, page.open().statusCode());
      assertEquals(
          1, ilya.messages().stream().filter(message -> message.fromBot()).count(), "only /help");

      Await.until("its own menu", () -> ilya.openMenu().isPresent());
      Await.until("the organization's", () -> there.openMenu().isEmpty());
      Await.until(
          "the watchdog's look",
          () ->
              second(run(operator, "bot", "list", "--json"))
                  .path("webhook")
                  .asString()
                  .startsWith("ok at "));
      var shown = run(operator, "bot", "show", "7000000002", "--json").json();
      assertEquals(0, shown.path("updates_open").asInt(-1), shown.toString());
      assertEquals("none", shown.path("found_at").asString(), shown.toString());
      assertEquals(2, run(operator, "bot", "show", "7").code());
      var metrics = scraped(ops);
      for (var gauge :
          List.of("inbox_open", "inbox_dead", "outbox_open", "outbox_oldest_seconds")) {
        assertTrue(metrics.contains("propusk_" + gauge + "{bot=\"7000000002\"} "), gauge);
      }
      for (var step : SignInStep.values()) {
        var series = "propusk_sign_ins_total{step=\"%s\",way=\"event\"} ".formatted(step.code());
        assertTrue(metrics.contains(series), series);
      }

      assertEquals(0, run(operator, "bot", "remove", "7000000002").code());
      var listed = second(run(operator, "bot", "list", "--json"));
      assertEquals("@second_bot", listed.path("username").asString());
      assertEquals("north-shore", listed.path("org").asString());
      assertEquals("in the settings, or none", listed.path("token").asString());
      assertEquals(2, run(operator, "bot", "remove", "7000000001").code());
    }
  }

  private static JsonNode second(Said list) {
    return list.json().path(1);
  }

  private static String scraped(int port) throws IOException {
    try (var metrics = URI.create("http://127.0.0.1:" + port + "/metrics").toURL().openStream()) {
      return new String(metrics.readAllBytes(), UTF_8);
    }
  }

  private static void assertRefused(String words, String... arguments) {
    var said = run(arguments);
    assertEquals(2, said.code(), said.out() + said.err());
    assertTrue(said.err().contains(words), said.err());
  }

  private static Said run(String... arguments) {
    return run(settings(), arguments);
  }

  private static Said run(Map<String, String> settings, String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    int code =
        Main.line(settings)
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(arguments);
    return new Said(code, out.toString(), err.toString());
  }

  private static Map<String, String> settings() {
    var settings = new TreeMap<String, String>();
    settings.put("PROPUSK_STATE_DIR", System.getProperty("java.io.tmpdir") + "/propusk-none");
    settings.put("PROPUSK_DATABASE_URL", database.url());
    settings.put("PROPUSK_SECRET_KEY", KEY);
    return settings;
  }
}
