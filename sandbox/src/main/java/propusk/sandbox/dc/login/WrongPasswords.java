package propusk.sandbox.dc.login;

import java.time.Duration;
import java.time.Instant;
import propusk.sandbox.world.Person;
import propusk.sandbox.world.Shelf;
import propusk.sandbox.world.World;

/// Counts wrong two-step passwords of each account, kept in the world: after ten within a day no
/// more are taken until that day is over.
public final class WrongPasswords {
  private static final int MOST = 10;
  private static final Duration DAY = Duration.ofDays(1);

  record Tries(Instant since, int count) {}

  private final World world;
  private final Shelf<Long, Tries> tries;

  public WrongPasswords(World world) {
    this.world = world;
    this.tries = world.shelf("wrong_password", Long.class, Tries.class);
  }

  public void count(Person person) {
    var fresh = new Tries(now(), 1);
    if (!tries.putIfAbsent(person.id(), fresh)) {
      tries.update(
          person.id(), old -> isOver(old) ? fresh : new Tries(old.since(), old.count() + 1));
    }
  }

  public boolean areTooMany(Person person) {
    return tries.find(person.id()).filter(t -> t.count() >= MOST && !isOver(t)).isPresent();
  }

  private boolean isOver(Tries old) {
    return old.since().plus(DAY).isBefore(now());
  }

  private Instant now() {
    return world.clock().instant();
  }
}
