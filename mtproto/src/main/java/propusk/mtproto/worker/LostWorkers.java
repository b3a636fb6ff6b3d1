package propusk.mtproto.worker;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import propusk.domain.worker.WorkerProcess;
import propusk.domain.worker.Workers;
import propusk.mtproto.database.PatientDatabase;

/// Workers of this host that are gone, or hang beyond their lease: the latter are ended first, so
/// that no session is live twice. What they ran can then be claimed at once.
final class LostWorkers {
  private static final Logger LOG = LoggerFactory.getLogger(LostWorkers.class);

  private final PatientDatabase database;
  private final Workers workers;
  private final WorkerProcess self;

  LostWorkers(PatientDatabase database, Workers workers, WorkerProcess self) {
    this.database = database;
    this.workers = workers;
    this.self = self;
  }

  void end() throws InterruptedException {
    for (var worker : database.inTransaction(workers::open)) {
      if (!isLost(worker)) continue;
      database.inTransaction(handle -> {
        workers.lost(handle, worker.id());
        return worker.id();
      });
      LOG.warn(
          "event=lost_worker_ended worker={} pid={}", worker.id().value(), worker.process().pid());
    }
  }

  private boolean isLost(Workers.Open worker) throws InterruptedException {
    var process = worker.process();
    if (!process.host().equals(self.host()) || process.equals(self)) return false;
    if (!Processes.alive(process)) return true;
    return worker.leaseOver() && Processes.kill(process);
  }
}
