package propusk.miniapp.push;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Streams to waiting browsers: server-sent events, [as HTML describes
/// them](https://html.spec.whatwg.org/multipage/server-sent-events.html), or a [PushSocket], on
/// Jetty's asynchronous writes: a waiting browser costs an object, not a thread.
///
/// Each stream has a topic and a source. A hint on the topic makes its streams read their sources
/// again, on virtual threads, a few at once; what is hinted while those are busy is read together.
/// Hints may be lost, so every stream also reads on each heartbeat. A browser that does not take a
/// write within [#WRITE_SECONDS] is dropped.
public final class Push implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Push.class);
  private static final int HEARTBEAT_SECONDS = 15;
  private static final int WRITE_SECONDS = 10;
  private static final int READS_AT_ONCE = 8;
  private static final int TOPICS_AT_ONCE = 500;

  private final LongSupplier nanoTime;
  private final Map<String, List<PushClient>> byTopic = new ConcurrentHashMap<>();
  private final List<Set<PushClient>> byBeat;
  private final AtomicInteger nextBeat = new AtomicInteger();
  private final Set<String> hinted = ConcurrentHashMap.newKeySet();
  private final Queue<String> due = new ConcurrentLinkedQueue<>();
  private final AtomicInteger atWork = new AtomicInteger();
  private final Semaphore reads = new Semaphore(READS_AT_ONCE);
  private final ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor();
  private final Thread heart;
  private volatile boolean closed;

  /// @param nanoTime a monotonic clock in nanoseconds, such as `System::nanoTime`
  public Push(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    byBeat =
        Stream.generate(ConcurrentHashMap::<PushClient>newKeySet)
            .limit(HEARTBEAT_SECONDS)
            .<Set<PushClient>>map(set -> set)
            .toList();
    heart = Thread.ofVirtual().name("push-heart").unstarted(this::beat);
  }

  public void start() {
    heart.start();
  }

  /// Answers with a stream of what `source` tells now and after each hint. Must be called before
  /// the response is committed; returns at once.
  ///
  /// @param source reads what is true now; empty ends the stream
  public void stream(
      String topic, Supplier<Optional<PushMessage>> source, Response response, Callback callback) {
    PushSource<String> alone =
        _ -> source.get().map(read -> Map.of(topic, read)).orElseGet(Map::of);
    stream(topic, alone, topic, response, callback);
  }

  /// The same where many streams have one source.
  ///
  /// @param key what the source knows this stream by
  public <K> void stream(
      String topic, PushSource<K> source, K key, Response response, Callback callback) {
    response.setStatus(200);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/event-stream; charset=utf-8");
    response.getHeaders().put("X-Accel-Buffering", "no");
    wait(topic, source, key, new EventWire(response, callback));
  }

  /// Tells over this wire what `source` tells now and after each hint.
  ///
  /// @return to be called when the browser has gone
  // A key goes to its own source only.
  @SuppressWarnings("unchecked")
  <K> Runnable wait(String topic, PushSource<K> source, K key, PushWire wire) {
    int beat = Math.floorMod(nextBeat.getAndIncrement(), HEARTBEAT_SECONDS);
    var own = (PushSource<Object>) source;
    var client = new PushClient(own, key, wire, topic, beat, this::forget);
    // Waiting starts before the first read, so that no change falls between the two.
    byTopic.compute(
        topic,
        (_, clients) -> {
          var list = clients == null ? new CopyOnWriteArrayList<PushClient>() : clients;
          list.add(client);
          return list;
        });
    byBeat.get(beat).add(client);
    if (closed) {
      client.end();
    } else {
      refresh(List.of(client));
    }
    return client::end;
  }

  /// Something of this topic may have changed.
  public void hint(String topic) {
    if (byTopic.containsKey(topic) && hinted.add(topic)) {
      due.add(topic);
      readMore();
    }
  }

  /// Anything may have changed.
  public void hintAll() {
    byTopic.keySet().forEach(this::hint);
  }

  public int waiting() {
    return byBeat.stream().mapToInt(Set::size).sum();
  }

  /// Ends every stream; the browsers come back at once.
  public void endAll() {
    byBeat.forEach(clients -> clients.forEach(PushClient::end));
  }

  /// Ends every stream; the browsers come back to whoever serves next.
  @Override
  public void close() {
    closed = true;
    heart.interrupt();
    endAll();
    readers.shutdown();
  }

  private void forget(PushClient client) {
    byBeat.get(client.beat()).remove(client);
    byTopic.computeIfPresent(
        client.topic(),
        (_, clients) -> {
          clients.remove(client);
          return clients.isEmpty() ? null : clients;
        });
  }

  /// One more reads what is due, unless as many as may are at it.
  private void readMore() {
    if (atWork.incrementAndGet() > READS_AT_ONCE) {
      atWork.decrementAndGet();
      return;
    }
    submit(() -> {
      try {
        readDue();
      } finally {
        atWork.decrementAndGet();
      }
      // Came after the last look, when nobody could be called.
      if (!due.isEmpty()) {
        readMore();
      }
    });
  }

  private void readDue() {
    var clients = new ArrayList<PushClient>();
    for (int topics = 0; topics < TOPICS_AT_ONCE; topics++) {
      var topic = due.poll();
      if (topic == null) {
        break;
      }
      hinted.remove(topic);
      clients.addAll(byTopic.getOrDefault(topic, List.of()));
    }
    var groups = bySource(clients);
    if (groups.size() == 1) {
      refresh(clients);
    } else {
      // A slow source holds no other up.
      groups.forEach(group -> submit(() -> refresh(group)));
    }
  }

  private static Collection<List<PushClient>> bySource(Collection<PushClient> clients) {
    var groups = new IdentityHashMap<PushSource<Object>, List<PushClient>>();
    clients.forEach(
        client -> groups.computeIfAbsent(client.source(), _ -> new ArrayList<>()).add(client));
    return groups.values();
  }

  /// Reads for clients of one source.
  ///
  /// @return those to whom nothing was sent
  private List<PushClient> refresh(List<PushClient> clients) {
    try {
      reads.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return clients;
    }
    try {
      var keys = new HashSet<Object>();
      clients.forEach(client -> keys.add(client.key()));
      var read = clients.getFirst().source().read(keys);
      long now = nanoTime.getAsLong();
      return clients.stream().filter(client -> !client.take(read.get(client.key()), now)).toList();
    } catch (RuntimeException e) {
      // The rows cannot be read now; the next hint or heartbeat tries again.
      LOG.debug("event=push_read_failed reason={}", e.getClass().getSimpleName());
      return clients;
    } finally {
      reads.release();
    }
  }

  private void beat() {
    for (int second = 0; !closed; second++) {
      try {
        TimeUnit.SECONDS.sleep(1);
      } catch (InterruptedException e) {
        return;
      }
      dropStuck();
      bySource(byBeat.get(second % HEARTBEAT_SECONDS))
          .forEach(group -> submit(() -> heartbeat(group)));
    }
  }

  private void dropStuck() {
    long limit = nanoTime.getAsLong() - TimeUnit.SECONDS.toNanos(WRITE_SECONDS);
    for (var clients : byBeat) {
      for (var client : clients) {
        if (client.stuckSince(limit)) {
          client.giveUp();
        }
      }
    }
  }

  private void heartbeat(List<PushClient> group) {
    for (int from = 0; from < group.size(); from += TOPICS_AT_ONCE) {
      var some = group.subList(from, Math.min(group.size(), from + TOPICS_AT_ONCE));
      refresh(some).forEach(client -> client.sign(nanoTime.getAsLong()));
    }
  }

  private void submit(Runnable work) {
    if (!closed) {
      readers.execute(work);
    }
  }
}
