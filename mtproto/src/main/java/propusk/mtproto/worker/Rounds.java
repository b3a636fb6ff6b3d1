package propusk.mtproto.worker;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Work that is looked for again and again: at every hint, and after a pause all the same, since
/// hints may be lost. One thread between [#start] and [#stop]; a round that fails is logged, and
/// the next one tries again.
public final class Rounds {
  private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);
  private static final Duration END = Duration.ofSeconds(5);

  private final Round round;
  private final Supplier<Duration> pause;
  private final BlockingQueue<Boolean> wake = new ArrayBlockingQueue<>(1);
  private final Thread thread;

  /// One look for work.
  public interface Round {
    void once() throws InterruptedException;
  }

  /// @param name of the thread, and in the log
  /// @param pause asked for after each round
  public Rounds(String name, Supplier<Duration> pause, Round round) {
    this.round = round;
    this.pause = pause;
    this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::serve);
  }

  public void start() {
    thread.start();
  }

  /// The next round begins at once, or right after the one under way. From any thread.
  public void wake() {
    wake.offer(true);
  }

  /// The same as [#stop] without waiting.
  public void interrupt() {
    thread.interrupt();
  }

  public void stop() throws InterruptedException {
    thread.interrupt();
    thread.join(END);
  }

  private void serve() {
    try {
      while (true) {
        once();
        wake.poll(pause.get().toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      LOG.debug("event=rounds_stopped rounds={}", thread.getName());
    }
  }

  private void once() throws InterruptedException {
    try {
      round.once();
    } catch (RuntimeException e) {
      LOG.error("event=round_failed rounds={}", thread.getName(), e);
    }
  }
}
