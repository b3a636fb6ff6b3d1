package propusk.bot;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;
import propusk.domain.inbox.Inbox;
import propusk.domain.inbox.ReceivedUpdate;
import propusk.domain.notify.Notifications;
import propusk.domain.seal.Sealer;
import propusk.migrations.embedded.EmbeddedPostgres;

/// A bot whose Telegram is away, with an inbox to be handled.
public final class BenchProduct implements AutoCloseable {
  private static final long BOT = 7_000_000_001L;

  private final Jdbi jdbi;
  private final Product product;
  private final Inbox inbox;
  private final Notifications notifications;

  public BenchProduct(Jdbi jdbi, EmbeddedPostgres postgres, Sealer sealer) {
    this.jdbi = jdbi;
    this.product = new Product(jdbi, Instant::now);
    this.inbox = new Inbox(sealer, Instant::now);
    this.notifications =
        new Notifications(postgres.jdbcUrl("postgres"), postgres.user(), postgres.password());
    notifications.start();
  }

  /// Somebody new each time sends `/login` and one invite for all.
  public void store(int count, int round) {
    var code =
        jdbi.inTransaction(
            handle -> product.invites.create(handle, "premium", count, Optional.empty()));
    for (int from = 0; from < count; from += 1_000) {
      var updates = new ArrayList<ReceivedUpdate>();
      for (int n = from; n < Math.min(count, from + 1_000); n++) {
        long id = round * 10_000_000L + n + 1;
        var json =
            """
            {"update_id":%d,"message":{"message_id":1,"date":1764200000,"from":{"id":%d,"is_bot":false,\
            "first_name":"Илья","language_code":"ru"},"chat":{"id":%d,"type":"private"},\
            "text":"/login %s"}}\
            """
                .formatted(id, id, id, code.value());
        updates.add(new ReceivedUpdate(id, id, json));
      }
      jdbi.useTransaction(handle -> inbox.store(handle, BOT, updates));
    }
    jdbi.useHandle(handle -> handle.execute("ANALYZE"));
  }

  /// Returns when nothing is open any more.
  public void handleAll() throws InterruptedException {
    try (var bot = product.bot("http://127.0.0.1:9", notifications)) {
      bot.start();
      while (open() > 0) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
    }
    long dead =
        jdbi.withHandle(handle ->
            handle
                .createQuery("SELECT count(*) FROM inbox WHERE state = 'dead' OR attempts > 0")
                .mapTo(Long.class)
                .one());
    if (dead > 0) {
      throw new AssertionError(dead + " updates failed");
    }
  }

  private long open() {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("SELECT count(*) FROM inbox WHERE state = 'open'")
            .mapTo(Long.class)
            .one());
  }

  @Override
  public void close() {
    notifications.close();
  }
}
