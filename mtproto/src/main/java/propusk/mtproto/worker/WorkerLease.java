package propusk.mtproto.worker;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import propusk.domain.worker.WorkerId;
import propusk.domain.worker.Workers;
import propusk.mtproto.database.PatientDatabase;

/// This process' lease: renewed every 10 s; given up, with all clients, before another worker may
/// take its work.
///
/// A renewal counts from the moment it was **sent**, by the monotonic clock: this process never
/// believes in its lease longer than the database does.
public final class WorkerLease implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerLease.class);
  private static final Duration WATCH = Duration.ofSeconds(1);

  private final Jdbi jdbi;
  private final Workers workers;
  private final LostWorkers lostWorkers;
  private final WorkerId id;
  private final LongSupplier nanoTime;
  private final Runnable lost;
  private final CountDownLatch ending = new CountDownLatch(1);
  private final Thread renewer =
      Thread.ofPlatform().name("worker-lease").daemon().unstarted(this::renew);
  private final Thread watch =
      Thread.ofPlatform().name("worker-watch").daemon().unstarted(this::watch);
  private volatile long renewed;

  private WorkerLease(
      Jdbi jdbi,
      Workers workers,
      LostWorkers lostWorkers,
      WorkerId id,
      long registered,
      LongSupplier nanoTime,
      Runnable lost) {
    this.jdbi = jdbi;
    this.workers = workers;
    this.lostWorkers = lostWorkers;
    this.id = id;
    this.renewed = registered;
    this.nanoTime = nanoTime;
    this.lost = lost;
  }

  /// Ends lost workers of this host, then registers this process.
  ///
  /// @param capacity how many logins this process runs at once
  /// @param lost called once when the lease is lost: the process must end at once
  public static WorkerLease take(
      Jdbi jdbi, Workers workers, String host, int capacity, LongSupplier nanoTime, Runnable lost)
      throws InterruptedException {
    var process = Processes.self(host);
    var lostWorkers = new LostWorkers(new PatientDatabase(jdbi), workers, process);
    lostWorkers.end();
    var sent = nanoTime.getAsLong();
    var id = jdbi.inTransaction(handle -> workers.register(handle, process, capacity));
    LOG.info("event=worker_registered worker={} pid={}", id.value(), process.pid());
    return new WorkerLease(jdbi, workers, lostWorkers, id, sent, nanoTime, lost);
  }

  public WorkerId id() {
    return id;
  }

  public void start() {
    renewer.start();
    watch.start();
  }

  /// Says goodbye: what this worker ran may be taken at once. Only after its clients are closed.
  @Override
  public void close() {
    ending.countDown();
    try {
      jdbi.useTransaction(handle -> workers.end(handle, id));
    } catch (RuntimeException e) {
      LOG.warn("event=worker_goodbye_failed reason={}", e.getClass().getSimpleName());
    }
  }

  private void renew() {
    try {
      while (!ending.await(Workers.RENEW.toMillis(), TimeUnit.MILLISECONDS)) {
        renewOnce();
      }
    } catch (InterruptedException e) {
      LOG.debug("event=renewing_stopped");
    }
  }

  private void renewOnce() throws InterruptedException {
    var sent = nanoTime.getAsLong();
    try {
      if (jdbi.inTransaction(handle -> workers.renew(handle, id))) {
        renewed = sent;
        lostWorkers.end();
      } else {
        // Somebody may have our work already: no patience.
        renewed = sent - Workers.GIVE_UP.toNanos();
      }
    } catch (RuntimeException e) {
      LOG.warn("event=lease_not_renewed reason={}", e.getClass().getSimpleName());
    }
  }

  private void watch() {
    try {
      while (!ending.await(WATCH.toMillis(), TimeUnit.MILLISECONDS)) {
        if (nanoTime.getAsLong() - renewed >= Workers.GIVE_UP.toNanos()) {
          LOG.error("event=lease_lost worker={}", id.value());
          lost.run();
          return;
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("event=watching_stopped");
    }
  }
}
