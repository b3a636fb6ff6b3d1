package propusk.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import propusk.app.supervise.Child;
import propusk.migrations.TestDatabase;

class MainTest {
  private static final String KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

  @ParameterizedTest
  @ValueSource(strings = {"serve", "web", "worker", "migrate"})
  void aCommandWithoutItsSettingsEndsWithoutBeingTriedAgain(String command) {
    var nowhere =
        Map.of("PROPUSK_STATE_DIR", System.getProperty("java.io.tmpdir") + "/propusk-none");
    assertEquals(Child.GIVE_UP, Main.run(nowhere, command));
  }

  @Test
  void anUnknownCommandIsAUsageError() {
    assertEquals(2, Main.run(Map.of(), "sreve"));
  }

  @Test
  void anInviteOfAPlanThatIsNotThereIsAUsageError() {
    try (var database = TestDatabase.create()) {
      assertEquals(2, Main.run(operator(database), "invite", "create", "gold"));
      assertEquals(2, Main.run(operator(database), "invite", "create", "premium", "--uses", "0"));
      assertEquals(0, Main.run(operator(database), "invite", "create", "premium", "--json"));
    }
  }

  @Test
  void migrateBringsAnEmptyDatabaseUpToDate() {
    try (var database = TestDatabase.createEmpty()) {
      assertEquals(0, Main.run(operator(database), "migrate"));
      assertEquals(0, Main.run(operator(database), "invite", "create", "basic"));
    }
  }

  @Test
  void organizationsEventsAndKeysAreMadeAndWrongOnesAreUsageErrors() {
    try (var database = TestDatabase.create()) {
      var operator = operator(database);
      assertEquals(0, Main.run(operator, "org", "create", "north-shore", "Северный берег"));
      assertEquals(2, Main.run(operator, "org", "create", "north-shore", "Другой берег"));
      assertEquals(2, Main.run(operator, "org", "create", "North Shore", "Северный берег"));
      assertEquals(2, Main.run(operator, "org", "create", "moon", "Луна", "--zone", "Moon/Crater"));
      assertEquals(0, Main.run(operator, "org", "list", "--json"));
      assertEquals(0, Main.run(operator, event("north-shore", "2036-11-28 21:00")));
      assertEquals(2, Main.run(operator, event("south-shore", "2036-11-28 21:00")));
      assertEquals(2, Main.run(operator, event("north-shore", "2016-11-28 21:00")));
      assertEquals(2, Main.run(operator, event("north-shore", "tomorrow")));
      assertEquals(0, Main.run(operator, "event", "list", "north-shore"));
      assertEquals(2, Main.run(operator, "event", "show", "AAAAAAAAAAAAAAAAAAAAAA"));
      assertEquals(0, Main.run(operator, "key", "create", "north-shore", "site"));
      assertEquals(0, Main.run(operator, "key", "list", "north-shore"));
      assertEquals(0, Main.run(operator, "key", "revoke", "1"));
      assertEquals(2, Main.run(operator, "key", "revoke", "1"));
    }
  }

  private static String[] event(String org, String starts) {
    return new String[] {
      "event", "create", org, "Прогулка", "--starts", starts, "--city", "Город", "--place", "Место"
    };
  }

  private static Map<String, String> operator(TestDatabase database) {
    var settings = new TreeMap<String, String>();
    settings.put("PROPUSK_STATE_DIR", System.getProperty("java.io.tmpdir") + "/propusk-none");
    settings.put("PROPUSK_DATABASE_URL", database.url());
    settings.put("PROPUSK_SECRET_KEY", KEY);
    return settings;
  }
}
