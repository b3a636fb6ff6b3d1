package propusk.sandbox.control;

import io.javalin.config.JavalinConfig;
import io.javalin.http.sse.SseClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import propusk.sandbox.botapi.BotApiJson;
import propusk.sandbox.botapi.ChangeFeed.Change;

/// `GET /sandbox/events`: server-sent hints about what changed, for the page.
///
/// One virtual thread for each open page writes; it also looks at codes and sessions, of which the
/// data centre tells nobody. A page that lost hints is told `reset` and reads everything again.
final class EventRoutes {
  private static final Duration LOOK = Duration.ofMillis(300);
  private static final int QUEUE = 256;
  private static final int LOOKS_PER_HEARTBEAT = 40;

  private final ControlParts parts;

  EventRoutes(ControlParts parts) {
    this.parts = parts;
  }

  void add(JavalinConfig config) {
    config.routes.sse("/sandbox/events", this::open);
  }

  private void open(SseClient client) {
    client.keepAlive();
    var changes = new ArrayBlockingQueue<Change>(QUEUE);
    var stop =
        parts
            .feed()
            .listen(change -> {
              if (!changes.offer(change)) {
                changes.clear();
                changes.add(hint("reset"));
              }
            });
    client.onClose(stop);
    Thread.ofVirtual().name("sandbox-events").start(() -> write(client, changes));
  }

  private void write(SseClient client, BlockingQueue<Change> changes) {
    var codes = parts.dataCentre().pendingTokens();
    var sessions = sessions();
    var looks = 0;
    client.sendComment("open");
    while (!client.terminated()) {
      var change = next(changes);
      if (change != null) {
        client.sendEvent("change", BotApiJson.MAPPER.writeValueAsString(change));
        continue;
      }
      var codesNow = parts.dataCentre().pendingTokens();
      if (!codesNow.equals(codes)) {
        codes = codesNow;
        changes.offer(hint("codes"));
      }
      var sessionsNow = sessions();
      if (!sessionsNow.equals(sessions)) {
        sessions = sessionsNow;
        changes.offer(hint("sessions"));
      }
      if (++looks % LOOKS_PER_HEARTBEAT == 0) {
        client.sendComment("here");
      }
    }
  }

  private List<Long> sessions() {
    return parts.world().people().list().stream()
        .flatMap(person -> parts.dataCentre().sessions(person.id()).stream())
        .map(session -> session.id())
        .toList();
  }

  private static @Nullable Change next(BlockingQueue<Change> changes) {
    try {
      return changes.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  private static Change hint(String topic) {
    return new Change(topic, null, null, null, null);
  }
}
