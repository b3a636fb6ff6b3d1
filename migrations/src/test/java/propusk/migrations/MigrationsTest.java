package propusk.migrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MigrationsTest {
  @Test
  void migratingTwiceChangesNothing() {
    try (var database = TestDatabase.createEmpty()) {
      Migrations.migrate(database.dataSource());
      Migrations.migrate(database.dataSource());
      Migrations.awaitVersion(database.dataSource(), Duration.ofSeconds(5));
    }
  }

  @Test
  void aCloneHasAllMigrations() {
    try (var database = TestDatabase.create()) {
      Migrations.awaitVersion(database.dataSource(), Duration.ZERO);
    }
  }

  @Test
  void databasesOfTwoTestsAreIndependent() throws SQLException {
    try (var one = TestDatabase.create();
        var other = TestDatabase.create()) {
      assertNotEquals(one.jdbcUrl(), other.jdbcUrl());
      try (var connection = one.dataSource().getConnection()) {
        connection.createStatement().execute("CREATE TABLE only_here (id int)");
      }
      try (var connection = other.dataSource().getConnection();
          var found =
              connection
                  .createStatement()
                  .executeQuery("SELECT to_regclass('only_here') IS NULL")) {
        assertTrue(found.next());
        assertTrue(found.getBoolean(1));
      }
    }
  }

  @Test
  void aDatabaseThatDoesNotAnswerIsSaidInASentence() {
    var database = TestDatabase.create();
    database.close();
    var refused =
        assertThrows(
            Migrations.OutdatedDatabase.class,
            () -> Migrations.awaitVersion(database.dataSource(), Duration.ofMillis(10)));
    var words = String.valueOf(refused.getMessage());
    assertTrue(words.contains("./propusk migrate"), words);
    assertEquals(1, words.lines().count());
  }
}
