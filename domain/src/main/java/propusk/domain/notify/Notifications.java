package propusk.domain.notify;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hints between processes through PostgreSQL's NOTIFY. A hint says "read this row again" and may
/// be lost, so whoever waits also reads on a slow heartbeat. After a lost connection listeners get
/// an empty hint: read everything again. One connection and one thread of its own between [#start]
/// and [#close]; listeners are called on that thread and must be quick.
public final class Notifications implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Notifications.class);
  private static final Duration RECONNECT = Duration.ofMillis(250);

  /// The hint after a reconnect: anything may have changed.
  public static final String EVERYTHING = "";

  private final PGSimpleDataSource database;
  private final Map<Channel, List<Consumer<String>>> listeners = new EnumMap<>(Channel.class);
  private final Thread thread;
  private volatile boolean closed;

  public Notifications(String jdbcUrl, String user, String password) {
    database = new PGSimpleDataSource();
    database.setUrl(jdbcUrl);
    database.setUser(user);
    database.setPassword(password);
    database.setApplicationName("propusk-listen");
    for (var channel : Channel.values()) {
      listeners.put(channel, new CopyOnWriteArrayList<>());
    }
    thread = Thread.ofPlatform().daemon().name("notifications").unstarted(this::listen);
  }

  /// Sends a hint when the transaction of this handle commits.
  public static void hint(Handle handle, Channel channel, String ids) {
    handle
        .createQuery("SELECT pg_notify(:channel, :ids)::text")
        .bind("channel", channel.sqlName())
        .bind("ids", ids)
        .mapTo(String.class)
        .one();
  }

  /// Calls `listener` with the ids of each hint, or with [#EVERYTHING].
  public void on(Channel channel, Consumer<String> listener) {
    listenersOf(channel).add(listener);
  }

  public void start() {
    thread.start();
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }

  private void listen() {
    while (!closed) {
      try {
        listenOnce();
      } catch (Exception e) {
        if (!closed) {
          LOG.warn("event=listen_lost reason={}", e.getClass().getSimpleName());
          pause();
        }
      }
    }
  }

  private void listenOnce() throws Exception {
    try (var connection = database.getConnection();
        var statement = connection.createStatement()) {
      for (var channel : Channel.values()) {
        statement.execute("LISTEN " + channel.sqlName());
      }
      LOG.debug("event=listening");
      for (var channel : Channel.values()) {
        tell(channel, EVERYTHING);
      }
      var postgres = connection.unwrap(PGConnection.class);
      while (!closed) {
        for (var notification : postgres.getNotifications(1_000)) {
          for (var channel : Channel.values()) {
            if (channel.sqlName().equals(notification.getName())) {
              tell(channel, notification.getParameter());
            }
          }
        }
      }
    }
  }

  private void tell(Channel channel, String ids) {
    for (var listener : listenersOf(channel)) {
      try {
        listener.accept(ids);
      } catch (RuntimeException e) {
        LOG.error("event=listener_failed channel={}", channel, e);
      }
    }
  }

  private List<Consumer<String>> listenersOf(Channel channel) {
    var list = listeners.get(channel);
    if (list == null) {
      throw new AssertionError("every channel has a list");
    }
    return list;
  }

  private void pause() {
    try {
      Thread.sleep(RECONNECT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
