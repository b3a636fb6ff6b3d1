package propusk.sandbox.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import propusk.sandbox.world.Call.Plane;

final class WorldTest {
  @TempDir private Path directory;

  @Test
  void peopleAndSkippedTimeAreThereAfterReopening() {
    Person anna;
    try (var world = World.open(directory)) {
      anna =
          world
              .people()
              .create(
                  new NewPerson(
                      "Анна",
                      Optional.of("Ли"),
                      Optional.of("@anna"),
                      "+7 999 000-11-22",
                      Optional.of("секрет"),
                      Optional.empty()));
      world.clock().shift(Duration.ofSeconds(30));
    }
    try (var world = World.open(directory)) {
      assertEquals(Optional.of(anna), world.people().find(anna.id()));
      assertEquals(Optional.of(anna), world.people().findByPhone("79990001122"));
      assertEquals(Optional.of(anna), world.people().findByUsername("ANNA"));
      assertEquals(Duration.ofSeconds(30), world.clock().skipped());
      assertTrue(world.clock().instant().isAfter(Instant.now().plusSeconds(29)));
      assertEquals(anna.id() + 1, world.people().create(NewPerson.of("Борис", "1")).id());
    }
  }

  @Test
  void whatIsWrittenIsInTheFileBeforeTheWriteReturns() throws Exception {
    var copy = directory.resolve("copy");
    Files.createDirectories(copy);
    try (var world = World.open(directory.resolve("killed"))) {
      var person = world.people().create(NewPerson.of("Анна", "1"));
      Files.copy(directory.resolve("killed/world.jsonl"), copy.resolve("world.jsonl"));
      try (var asAfterAKill = World.open(copy)) {
        assertEquals(Optional.of(person), asAfterAKill.people().find(person.id()));
      }
    }
  }

  @Test
  void aLineCutShortByAKillIsDroppedAndTheRestIsThere() throws Exception {
    var file = directory.resolve("world.jsonl");
    Person person;
    try (var world = World.open(directory)) {
      person = world.people().create(NewPerson.of("Анна", "1"));
      world.people().create(NewPerson.of("Борис", "2"));
    }
    var text = Files.readString(file);
    Files.writeString(file, text.substring(0, text.length() - 20));
    try (var world = World.open(directory)) {
      assertEquals(List.of(person), world.people().list());
      world.people().create(NewPerson.of("Вера", "3"));
    }
    try (var world = World.open(directory)) {
      assertEquals(2, world.people().list().size());
    }
  }

  @Test
  void theFileStaysSmallHoweverOftenARowChanges() throws Exception {
    try (var world = World.open(directory)) {
      var shelf = world.shelf("counter", Long.class, String.class);
      for (int i = 0; i < 50_000; i++) {
        shelf.put(1L, "value " + i);
      }
      assertTrue(Files.size(directory.resolve("world.jsonl")) < 1 << 20);
    }
    try (var world = World.open(directory)) {
      var shelf = world.shelf("counter", Long.class, String.class);
      assertEquals(Optional.of("value 49999"), shelf.find(1L));
    }
  }

  @Test
  void aWorldIsOpenInOnePlaceAtATime() {
    try (var world = World.open(directory)) {
      assertThrows(IllegalStateException.class, () -> World.open(directory));
      assertEquals(0, world.people().list().size());
    }
  }

  @Test
  void phoneNumbersAndUsernamesBelongToOnePerson() {
    try (var world = World.open(directory)) {
      world.people().create(NewPerson.of("Анна", "+7 1"));
      var same = NewPerson.of("Борис", "7-1");
      assertThrows(IllegalArgumentException.class, () -> world.people().create(same));
      assertThrows(
          IllegalArgumentException.class, () -> world.people().create(NewPerson.of(" ", "2")));
    }
  }

  @Test
  void aResetForgetsEverythingButWhatIsKept() {
    try (var world = World.open(directory)) {
      var kept = world.shelf(World.KEPT + "/test", String.class, String.class);
      var resets = new AtomicInteger();
      kept.put("key", "value");
      world.people().create(NewPerson.of("Анна", "1"));
      world.clock().shift(Duration.ofHours(1));
      world.faults().set(FaultPlan.NONE.withOffline(true));
      world.calls().answered(Plane.MTPROTO, "help.getConfig");
      world.onReset(resets::incrementAndGet);

      world.reset();

      assertEquals(Optional.of("value"), kept.find("key"));
      assertEquals(0, world.people().list().size());
      assertEquals(Duration.ZERO, world.clock().skipped());
      assertFalse(world.faults().offline());
      assertEquals(0, world.calls().list().size());
      assertEquals(1, resets.get());
    }
  }

  @Test
  void countedFaultsRunOutAndOthersStay() {
    var faults = new Faults();
    var twice = MethodFault.failing("sendMessage", 500, "INTERNAL").times(2);
    faults.set(FaultPlan.NONE.withMethods(twice, MethodFault.flood("auth.*", 3)));
    assertTrue(faults.take("sendMessage").isPresent());
    assertTrue(faults.take("sendMessage").isPresent());
    assertFalse(faults.take("sendMessage").isPresent());
    assertEquals(
        Optional.of("FLOOD_WAIT_3"),
        faults.take("auth.exportLoginToken").flatMap(MethodFault::text));
    assertFalse(faults.take("help.getConfig").isPresent());
  }

  @Test
  void faultsAreReadFromJsonWithAnythingLeftOut() {
    try (var world = World.open(directory)) {
      var json = "{\"login_token_seconds\":2,\"methods\":[{\"method\":\"a\",\"delay_millis\":5}]}";
      world.faults().set(world.json().readValue(json, FaultPlan.class));
      assertEquals(Duration.ofSeconds(2), world.faults().loginTokenLife());
      assertEquals(Optional.of(5L), world.faults().take("a").flatMap(MethodFault::delayMillis));
      assertFalse(world.faults().offline());
    }
  }

  @Test
  void callsAreNumberedAndCounted() {
    try (var world = World.open(directory)) {
      world.calls().answered(Plane.BOT_API, "getMe");
      world.calls().refused(Plane.MTPROTO, "auth.exportLoginToken", "420 FLOOD_WAIT_3");
      var later = world.calls().since(1);
      assertEquals(1, later.size());
      assertEquals(Optional.of("420 FLOOD_WAIT_3"), later.getFirst().error());
      assertEquals(1, world.calls().count("getMe"));
    }
  }
}
