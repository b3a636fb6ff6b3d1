package propusk.app.soak;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import propusk.app.story.Await;

/// Stops whoever comes to a place until it is lifted.
///
/// In the database a trigger waits for an advisory lock that we hold; at Telegram a call is
/// answered late. The program knows nothing of either.
final class Barrier implements AutoCloseable {
  private static final int LOCK = 41_508;
  private static final long LATE_MILLIS = 20_000;
  private static final long LOOK_AGAIN_NANOS = 5_000_000;

  private final Machine machine;
  private final Place place;
  private final Handle holder;

  private Barrier(Machine machine, Place place) {
    this.machine = machine;
    this.place = place;
    this.holder = machine.rows().open();
  }

  static Barrier at(Machine machine, Place place) {
    var barrier = new Barrier(machine, place);
    barrier.put();
    return barrier;
  }

  private void put() {
    switch (place) {
      case Place.Change(var table, var event, var when) ->
          trigger("TRIGGER soak_stop BEFORE %s ON %s".formatted(event, table), when);
      case Place.Commit(var table, var event, var when) ->
          trigger(
              "CONSTRAINT TRIGGER soak_stop AFTER %s ON %s DEFERRABLE INITIALLY DEFERRED"
                  .formatted(event, table),
              when);
      case Place.Call(var method) ->
          machine.addFault(Map.of("method", method, "delay_millis", LATE_MILLIS, "times", 1));
    }
  }

  private void trigger(String what, String when) {
    holder.execute("SELECT pg_advisory_lock(" + LOCK + ")");
    holder.execute(
        """
        CREATE OR REPLACE FUNCTION soak_stop() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN PERFORM pg_advisory_xact_lock_shared(%d); RETURN NEW; END $$
        """
            .formatted(LOCK));
    holder.execute(
        "CREATE %s FOR EACH ROW WHEN (%s) EXECUTE FUNCTION soak_stop()".formatted(what, when));
  }

  /// Returns when somebody stands before it.
  void awaitArrival() {
    Await.until("somebody at " + place, this::reached);
  }

  boolean reachedWithin(Duration patience) {
    var deadline = System.nanoTime() + patience.toNanos();
    while (!reached()) {
      if (System.nanoTime() > deadline) return false;
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
    return true;
  }

  private boolean reached() {
    return switch (place) {
      case Place.Change _, Place.Commit _ ->
          holder
              .createQuery(
                  "SELECT EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid ="
                      + " :lock AND NOT granted)")
              .bind("lock", LOCK)
              .mapTo(Boolean.class)
              .one();
      case Place.Call(var method) ->
          machine
              .telegram()
              .get("/sandbox/faults")
              .path("methods")
              .valueStream()
              .noneMatch(fault ->
                  method.equals(fault.path("method").asString())
                      && fault.has("delay_millis")
                      && !fault.path("delay_millis").isNull());
    };
  }

  /// Lets everybody pass, the living and the dead.
  @Override
  public void close() {
    switch (place) {
      case Place.Change(var table, _, _) -> remove(table);
      case Place.Commit(var table, _, _) -> remove(table);
      case Place.Call _ -> machine.faults(Map.of());
    }
  }

  /// PostgreSQL may have been killed, and our lock with it.
  private void remove(String table) {
    try {
      holder.close();
    } catch (JdbiException gone) {
      // Then nobody waits any more.
    }
    Await.until(
        "the barrier's end",
        () -> {
          try (var handle = machine.rows().open()) {
            handle.execute("DROP TRIGGER IF EXISTS soak_stop ON " + table);
            return true;
          } catch (JdbiException away) {
            return false;
          }
        });
  }
}
