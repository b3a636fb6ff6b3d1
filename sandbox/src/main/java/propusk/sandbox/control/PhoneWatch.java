package propusk.sandbox.control;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import propusk.sandbox.botapi.ChangeFeed;
import propusk.sandbox.dc.DataCentre;
import propusk.sandbox.dc.PendingToken;
import propusk.sandbox.dc.PersonSession;
import propusk.sandbox.world.World;

/// Looks at login codes and sessions while a page is open: the data centre tells nobody of them.
public final class PhoneWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PhoneWatch.class);
  private static final long LOOK_MILLIS = 250;
  private static final long IDLE_NANOS = Duration.ofMinutes(1).toNanos();

  private final World world;
  private final DataCentre dataCentre;
  private final ChangeFeed feed;
  private final ScheduledExecutorService eyes =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("sandbox-phone-watch").factory());
  private volatile long askedAt;
  private List<PendingToken> codes = List.of();
  private List<Long> sessions = List.of();

  public PhoneWatch(World world, DataCentre dataCentre, ChangeFeed feed) {
    this.world = world;
    this.dataCentre = dataCentre;
    this.feed = feed;
    this.askedAt = System.nanoTime() - IDLE_NANOS;
    var _ =
        eyes.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  void somebodyLooks() {
    askedAt = System.nanoTime();
  }

  private void look() {
    if (System.nanoTime() - askedAt > IDLE_NANOS) {
      return;
    }
    try {
      compare();
    } catch (RuntimeException trouble) {
      LOG.warn("could not look at codes and sessions", trouble);
    }
  }

  private void compare() {
    var codesNow = dataCentre.pendingTokens();
    if (!codesNow.equals(codes)) {
      codes = codesNow;
      feed.changed("codes");
    }
    var sessionsNow =
        world.people().list().stream()
            .flatMap(person -> dataCentre.sessions(person.id()).stream())
            .map(PersonSession::id)
            .toList();
    if (!sessionsNow.equals(sessions)) {
      sessions = sessionsNow;
      feed.changed("sessions");
    }
  }

  @Override
  public void close() {
    eyes.shutdownNow();
  }
}
