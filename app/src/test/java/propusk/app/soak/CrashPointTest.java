package propusk.app.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import propusk.sandbox.person.SandboxPerson;

/// Each named point between `/login` and the last message: a process dies just there, and the login
/// ends as if nothing had happened. The ledger is held against the rows after each.
class CrashPointTest {
  private static Path directory;
  private static Machine machine;
  private static Book book;
  private static Ledger ledger;

  @BeforeAll
  static void start() throws IOException {
    directory = Files.createTempDirectory("propusk-crash-");
    machine = Machine.start(directory);
    machine.prepareClasses();
    book = new Book(directory.resolve("book.jsonl"));
    ledger = new Ledger(machine, book);
  }

  @AfterAll
  static void end() throws Exception {
    machine.close();
    new ProcessBuilder("rm", "-rf", directory.toString()).start().waitFor();
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(mode = Mode.EXCLUDE, names = "REFUSING")
  void theProcessThatIsThereIsKilled(CrashPoint point) throws Exception {
    goesOn(point, () -> machine.kill(point.runner()));
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(
      mode = Mode.INCLUDE,
      names = {
        "REQUESTED_UNHEARD",
        "OPENING",
        "LINKED_UNHEARD",
        "AUTHORIZING",
        "STORING",
        "COMPLETED_UNHEARD",
        "REFUSING"
      })
  void postgresIsKilled(CrashPoint point) throws Exception {
    goesOn(point, () -> machine.kill(Part.POSTGRES));
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(mode = Mode.MATCH_ALL, names = ".*_UNHEARD")
  void theAnswerToTheCommitIsLost(CrashPoint point) throws Exception {
    goesOn(point, machine::cutDatabase);
  }

  /// Here alone the word of it is lost with the worker: the stranger is logged out for sure, and
  /// the page goes on with another code.
  @Test
  void aWorkerKilledBetweenTheLogOutAndTheRefusalShowsAnotherCode() throws Exception {
    var owner = machine.telegram().newPerson("Илья", "");
    var stranger = machine.telegram().newPerson("Анна", "");
    var errand = new Errand(book, owner).ask(machine.invite(1)).open();
    errand.link();
    try (var barrier = Barrier.at(machine, CrashPoint.REFUSING.place())) {
      errand.scannedBy(stranger);
      barrier.awaitArrival();
      assertEquals(List.of(), stranger.sessions());
      machine.kill(Part.WORKER);
    }
    machine.awaitReady();
    assertTrue(errand.scannedBy(owner));
    assertEquals("completed", errand.awaitEnd());
    assertEquals(List.of(), ledger.judge(Set.of(owner.id(), stranger.id())));
  }

  private interface Blow {
    void strike();
  }

  private static void goesOn(CrashPoint point, Blow blow) throws Exception {
    var owner = machine.telegram().newPerson("Илья", "");
    var stranger = machine.telegram().newPerson("Анна", "");
    var errand = new Errand(book, owner);
    var armed = new CountDownLatch(1);
    var codeSeen = new CountDownLatch(1);
    var led = new FutureTask<>(() -> lead(point, errand, stranger, codeSeen, armed));
    if (point.afterTheCode()) {
      Thread.ofVirtual().start(led);
      assertTrue(codeSeen.await(60, TimeUnit.SECONDS), "no code came");
    }
    try (var barrier = Barrier.at(machine, point.place())) {
      if (!point.afterTheCode()) Thread.ofVirtual().start(led);
      armed.countDown();
      barrier.awaitArrival();
      blow.strike();
    }
    machine.awaitReady();
    book.note(new Fact.Recovered(Instant.now()));
    assertEquals(expected(point.course()), led.get(90, TimeUnit.SECONDS));
    assertEquals(List.of(), ledger.judge(Set.of(owner.id(), stranger.id())));
  }

  private static String lead(
      CrashPoint point,
      Errand errand,
      SandboxPerson stranger,
      CountDownLatch codeSeen,
      CountDownLatch armed)
      throws InterruptedException {
    errand.ask(machine.invite(1)).open();
    assertTrue(errand.link().isPresent(), "no code was shown");
    codeSeen.countDown();
    armed.await();
    switch (point.course()) {
      case RIGHT -> errand.scannedBy(errand.person());
      case WRONG -> errand.scannedBy(stranger);
      case CANCEL -> errand.cancel();
      case AGAIN, TWICE, PASSWORD, EXPIRE, REFUSAL -> throw new AssertionError(point);
    }
    return errand.awaitEnd();
  }

  private static String expected(Course course) {
    return switch (course) {
      case RIGHT -> "completed";
      case WRONG -> "failed";
      case CANCEL -> "cancelled";
      case AGAIN, TWICE, PASSWORD, EXPIRE, REFUSAL -> throw new AssertionError(course);
    };
  }
}
