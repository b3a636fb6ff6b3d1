package propusk.app.soak;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jdbi.v3.core.JdbiException;
import propusk.sandbox.person.SandboxPerson;

/// Rounds of logins and kills, with the ledger held against the rows after every few of them.
final class SoakRun {
  private static final int ROUNDS_A_LEDGER = 3;
  private static final Duration ARRIVAL = Duration.ofSeconds(10);

  private final Machine machine;
  private final Book book;
  private final Ledger ledger;
  private final Walks walks;
  private final Tally tally;
  private final long seed;
  private final Consumer<String> progress;
  private final Map<Part, Integer> lives = new ConcurrentHashMap<>();
  private final Set<Long> unjudged = ConcurrentHashMap.newKeySet();
  private final Set<Long> connected = ConcurrentHashMap.newKeySet();

  SoakRun(Machine machine, Book book, Tally tally, long seed, Consumer<String> progress) {
    this.machine = machine;
    this.book = book;
    this.ledger = new Ledger(machine, book);
    this.walks = new Walks(machine, book);
    this.tally = tally;
    this.seed = seed;
    this.progress = progress;
  }

  /// One round more. The same seed and number draw the same round.
  void round() throws InterruptedException {
    var random = new Random(seed * 1_000_003 + tally.round);
    var round = Round.draw(random);
    var started = System.nanoTime();
    var walkers = new ArrayList<Thread>();
    for (var walk : round.walks()) {
      var cast = cast(walk.course());
      walkers.add(Thread.ofVirtual().unstarted(() -> walk(walk, cast)));
    }
    walkers.forEach(Thread::start);
    var recoveries = new ArrayList<Thread>();
    for (var blow : round.blows()) {
      TimeUnit.MILLISECONDS.sleep(blow.afterMillis());
      recoveries.add(strike(blow));
    }
    for (var recovery : recoveries) recovery.join();
    machine.awaitReady();
    var recovered = System.nanoTime();
    book.note(new Fact.Recovered(Instant.now()));
    for (var walker : walkers) walker.join();
    tally.lastEnds.add(millisSince(recovered));
    tally.round++;
    tally.ownEnds = machine.ownEnds();
    if (tally.round % ROUNDS_A_LEDGER == 0) judge(Set.copyOf(unjudged));
    tally.seconds += (System.nanoTime() - started) / 1_000_000_000;
    say(round, started);
  }

  /// Everybody, from the first round on.
  void judgeAll() throws InterruptedException {
    judge(ledger.people());
  }

  private void judge(Set<Long> people) throws InterruptedException {
    var found = ledger.judge(people);
    tally.ledgers++;
    found.forEach(violation -> tally.violated("round %d: %s".formatted(tally.round, violation)));
    unjudged.removeAll(people);
  }

  /// Somebody new, or for a second session somebody who has the first.
  private Walks.Cast cast(Course course) {
    var known = course == Course.AGAIN ? connected.stream().findAny() : Optional.<Long>empty();
    known.ifPresent(connected::remove);
    var owner = known.map(machine.telegram()::person).orElseGet(() -> newcomer("Илья"));
    var stranger = newcomer("Мэллори");
    unjudged.addAll(List.of(owner.id(), stranger.id()));
    var uses = course == Course.TWICE ? 2 : 1;
    return new Walks.Cast(owner, stranger, known.isPresent() ? "" : machine.invite(uses));
  }

  private SandboxPerson newcomer(String name) {
    return machine.telegram().newPerson(name, "");
  }

  private void walk(Round.Walk walk, Walks.Cast cast) {
    try {
      TimeUnit.MILLISECONDS.sleep(walk.afterMillis());
      var end = walks.lead(walk.course(), cast);
      tally.ended(walk.course(), end);
      if (end.equals("completed")) connected.add(cast.owner().id());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (AssertionError | RuntimeException stuck) {
      tally.ended(walk.course(), "stuck");
      tally.violated("round %d: a %s login stuck: %s".formatted(tally.round, walk.course(), stuck));
    }
  }

  private Thread strike(Round.Blow blow) {
    if (blow.cutBefore()) {
      machine.cutDatabase();
      tally.cuts++;
    }
    var at = "anywhere";
    if (blow.point().isPresent() && killedAt(blow.point().get(), blow.part())) {
      at = blow.point().get().toString();
    } else {
      machine.kill(blow.part());
    }
    tally.killed(blow.part(), at);
    var killed = System.nanoTime();
    int life = lives.merge(blow.part(), 1, Integer::sum);
    return Thread.ofVirtual()
        .start(() -> {
          machine.awaitReady(blow.part());
          // Killed again meanwhile: that kill's recovery is the one to be counted.
          if (lives.getOrDefault(blow.part(), 0) == life)
            tally.recovered(blow.part(), millisSince(killed));
        });
  }

  /// False where nobody came to the point in time: then nothing was killed.
  private boolean killedAt(CrashPoint point, Part part) {
    try (var barrier = Barrier.at(machine, point.place())) {
      if (!barrier.reachedWithin(ARRIVAL)) return false;
      machine.kill(part);
      return true;
    } catch (JdbiException away) {
      // PostgreSQL is not back yet from the blow before.
      return false;
    }
  }

  private void say(Round round, long started) {
    progress.accept(
        "round %d: %d logins, %d kills in %.1f s; so far %d kills, %d logins, %d violations"
            .formatted(
                tally.round,
                round.walks().size(),
                round.blows().size(),
                millisSince(started) / 1e3,
                tally.kills,
                tally.logins(),
                tally.violations.size()));
  }

  private static long millisSince(long nanos) {
    return (System.nanoTime() - nanos) / 1_000_000;
  }
}
