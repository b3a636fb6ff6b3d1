package propusk.mtproto.login;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import propusk.domain.seal.Tokens;
import propusk.mtproto.client.TelegramClient;
import propusk.mtproto.client.TelegramClients;
import propusk.mtproto.scratch.ScratchDirectory;

/// A few clients that have connected and exchanged keys before anybody needs them: a tap on the
/// button then shows its QR at once.
///
/// Such a client belongs to nobody and has no login token, so nobody can scan anything: its
/// directory may be wiped as long as no row names it. The row must name it before it is asked for a
/// QR.
public final class WarmClients {
  private static final Logger LOG = LoggerFactory.getLogger(WarmClients.class);

  /// One more is in hand, waiting for a place.
  private static final int READY = 2;

  private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);
  private static final Duration END = Duration.ofSeconds(5);

  private final TelegramClients clients;
  private final Tokens tokens;
  private final Path root;
  private final BlockingQueue<Warm> ready = new ArrayBlockingQueue<>(READY);
  private final Thread filler =
      Thread.ofPlatform().name("warm-clients").daemon().unstarted(this::fill);

  record Warm(LoginScratch scratch, TelegramClient client) {}

  /// @param root where this worker's login directories are
  public WarmClients(TelegramClients clients, Tokens tokens, Path root) {
    this.clients = clients;
    this.tokens = tokens;
    this.root = root;
  }

  public void start() {
    filler.start();
  }

  /// Stops opening more; the clients are closed with all others.
  public void stop() throws InterruptedException {
    filler.interrupt();
    filler.join(END);
  }

  Optional<Warm> take() {
    var warm = Optional.ofNullable(ready.poll());
    return warm.filter(taken -> !taken.client().isClosed());
  }

  private void fill() {
    try {
      while (true) {
        ready.put(open());
      }
    } catch (InterruptedException e) {
      LOG.debug("event=warming_stopped");
    }
  }

  private Warm open() throws InterruptedException {
    while (true) {
      var scratch = LoginScratch.choose(root, tokens);
      try {
        var directory = ScratchDirectory.create(scratch.directory().path());
        return new Warm(scratch, clients.open(directory.path(), scratch.databaseKey()));
      } catch (RuntimeException e) {
        LOG.warn("event=warm_client_failed reason={}", e.getClass().getSimpleName());
        scratch.directory().wipe();
        Thread.sleep(AFTER_FAILURE);
      }
    }
  }
}
