package propusk.app.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import propusk.bot.Updates;
import propusk.domain.account.TelegramUserId;
import propusk.domain.seal.Secret;
import propusk.mtproto.client.TelegramServers;

class ConfigTest {
  private static final String KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

  @Test
  void theDefaultsAreThese() {
    var web = Config.web(webSettings());
    assertEquals(8080, web.http().port());
    assertEquals(9090, web.opsPort());
    assertEquals("https://api.telegram.org", web.bot().bots().getFirst().apiUrl());
    assertEquals(URI.create("https://t.me"), web.miniApp().telegramLinkBase());
    assertEquals(List.of("https://web.telegram.org"), web.miniApp().frameAncestors());
    assertEquals(List.of(), web.miniApp().allowedOrigins());
    assertEquals(List.of(), web.miniApp().trustedProxies());
    assertEquals(List.of(), web.bot().admins());
    assertEquals(new Updates.Poll(), web.bot().updates());
    assertEquals(Optional.empty(), web.bot().cronSecret());
    assertEquals("0.0.0.0", web.http().host());
    var worker = Config.worker(workerSettings());
    assertEquals(9090, worker.opsPort());
    assertEquals(new TelegramServers.Production(), worker.mtproto().servers());
  }

  @Test
  void everythingMissingIsListedAtOnce() {
    var refused = assertThrows(InvalidConfiguration.class, () -> Config.worker(Map.of()));
    assertEquals(
        List.of(
            "PROPUSK_DATABASE_URL is missing (or PROPUSK_DATABASE_URL_FILE)",
            "PROPUSK_STATE_DIR is missing",
            "PROPUSK_SECRET_KEY is missing (or PROPUSK_SECRET_KEY_FILE)",
            "PROPUSK_VAULT_KEY is missing (or PROPUSK_VAULT_KEY_FILE)",
            "PROPUSK_API_ID is missing",
            "PROPUSK_API_HASH is missing (or PROPUSK_API_HASH_FILE)"),
        refused.problems());
  }

  @Test
  void anUnknownNameFailsTheStart() {
    var settings = webSettings();
    settings.put("PROPUSK_BOT_TOKN", "x");
    var refused = assertThrows(InvalidConfiguration.class, () -> Config.web(settings));
    assertEquals(
        List.of("PROPUSK_BOT_TOKN is not a setting; see .env.example"), refused.problems());
  }

  @Test
  void aWrongValueIsRefusedWithoutRepeatingIt() {
    var settings = webSettings();
    settings.put("PROPUSK_SECRET_KEY", "canary-value");
    settings.put("PROPUSK_PORT", "99999");
    settings.put("PROPUSK_BASE_URL", "localhost");
    settings.put("PROPUSK_BOT_TOKEN", "canary");
    settings.put("PROPUSK_TRUSTED_PROXIES", "127.0.0.1, canary.example");
    var refused = assertThrows(InvalidConfiguration.class, () -> Config.web(settings));
    assertEquals(5, refused.problems().size(), refused.problems().toString());
    assertFalse(String.valueOf(refused.getMessage()).contains("canary"));
  }

  @Test
  void adminsAreTelegramIdsAndNothingElse() {
    var settings = webSettings();
    settings.put("PROPUSK_ADMINS", "7000001, 7000002");
    assertEquals(
        List.of(new TelegramUserId(7000001), new TelegramUserId(7000002)),
        Config.web(settings).bot().admins());
    for (var wrong : List.of("@ilya", "7000001;7000002", "-100123", "0", "7000001,", "1e9")) {
      settings.put("PROPUSK_ADMINS", wrong);
      var refused = assertThrows(InvalidConfiguration.class, () -> Config.web(settings), wrong);
      assertEquals(1, refused.problems().size());
    }
  }

  @Test
  void aWebhookNeedsASecretThatTelegramTakes() {
    var settings = webSettings();
    settings.put("PROPUSK_UPDATES", "webhook");
    var refused = assertThrows(InvalidConfiguration.class, () -> Config.web(settings));
    assertEquals(
        List.of("PROPUSK_WEBHOOK_SECRET is missing (or PROPUSK_WEBHOOK_SECRET_FILE)"),
        refused.problems());
    for (var wrong : List.of("short", "sixteen letters!", "пропуск-пропуск-пропуск")) {
      settings.put("PROPUSK_WEBHOOK_SECRET", wrong);
      assertThrows(InvalidConfiguration.class, () -> Config.web(settings), wrong);
    }
    settings.put("PROPUSK_WEBHOOK_SECRET", "canary-canary-canary");
    settings.put("CRON_SECRET", "canary-cron");
    var bot = Config.web(settings).bot();
    assertEquals(new Updates.Webhook(new Secret("canary-canary-canary"), 123), bot.updates());
    assertEquals(Optional.of(new Secret("canary-cron")), bot.cronSecret());
    assertFalse(bot.toString().contains("canary"));
    settings.put("PROPUSK_UPDATES", "both");
    assertThrows(InvalidConfiguration.class, () -> Config.web(settings));
  }

  @Test
  void aSecretMayLieInAFile(@TempDir Path directory) throws IOException {
    var file = Files.writeString(directory.resolve("token"), "123:abc\n");
    var settings = webSettings();
    settings.remove("PROPUSK_BOT_TOKEN");
    settings.put("PROPUSK_BOT_TOKEN_FILE", file.toString());
    assertEquals("123:abc", Config.web(settings).bot().bots().getFirst().token().value());
    settings.put("PROPUSK_BOT_TOKEN", "123:abc");
    assertThrows(InvalidConfiguration.class, () -> Config.web(settings));
  }

  @Test
  void aFileThatIsNotThereIsSaid() {
    var settings = webSettings();
    settings.remove("PROPUSK_SECRET_KEY");
    settings.put("PROPUSK_SECRET_KEY_FILE", "/nowhere/secret");
    var refused = assertThrows(InvalidConfiguration.class, () -> Config.web(settings));
    assertTrue(refused.problems().getFirst().contains("/nowhere/secret"));
  }

  @Test
  void theVaultKeyNeverReachesTheWebProcessNorTheBotTokenAWorker() {
    var all = webSettings();
    all.putAll(workerSettings());
    var web = Config.onlyFor(Role.WEB, all);
    var worker = Config.onlyFor(Role.WORKER, all);
    assertFalse(web.containsKey("PROPUSK_VAULT_KEY"));
    assertFalse(web.containsKey("PROPUSK_API_HASH"));
    assertFalse(worker.containsKey("PROPUSK_BOT_TOKEN"));
    Config.web(web);
    Config.worker(worker);
  }

  @Test
  void noSecretIsPrinted() {
    var printed = Config.web(webSettings()) + " " + Config.worker(workerSettings());
    assertFalse(printed.contains(KEY));
    assertFalse(printed.contains("123:abc"));
    assertFalse(printed.contains("pass word"));
  }

  @Test
  void bothFormsOfADatabaseAddressAreTaken() {
    var libpq = DatabaseConfig.parse("postgres://me:pass%20word@db:6432/propusk?sslmode=require");
    assertEquals("jdbc:postgresql://db:6432/propusk?sslmode=require", libpq.jdbcUrl());
    assertEquals("me", libpq.user());
    assertEquals("pass word", libpq.password().value());
    var jdbc = DatabaseConfig.parse("jdbc:postgresql://db/propusk?user=me&password=a+b&ssl=true");
    assertEquals("jdbc:postgresql://db:5432/propusk?ssl=true", jdbc.jdbcUrl());
    assertEquals("a+b", jdbc.password().value());
  }

  private static Map<String, String> webSettings() {
    var settings = new TreeMap<String, String>();
    settings.put("PROPUSK_DATABASE_URL", "postgres://me:pass%20word@db/propusk");
    settings.put("PROPUSK_SECRET_KEY", KEY);
    settings.put("PROPUSK_BASE_URL", "https://propusk.example");
    settings.put("PROPUSK_BOT_TOKEN", "123:abc");
    settings.put("PROPUSK_BOT_USERNAME", "propusk_bot");
    return settings;
  }

  private static Map<String, String> workerSettings() {
    var settings = new TreeMap<String, String>();
    settings.put("PROPUSK_DATABASE_URL", "postgres://me:pass%20word@db/propusk");
    settings.put("PROPUSK_SECRET_KEY", KEY);
    settings.put("PROPUSK_VAULT_KEY", KEY);
    settings.put("PROPUSK_STATE_DIR", "/var/lib/propusk");
    settings.put("PROPUSK_API_ID", "1");
    settings.put("PROPUSK_API_HASH", "hash");
    return settings;
  }
}
