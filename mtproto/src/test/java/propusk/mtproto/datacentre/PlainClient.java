package propusk.mtproto.datacentre;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One client of a [PlainTdlib]. Answers come as futures, states one after another.
final class PlainClient {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String STATE = "authorizationState";

  private final Consumer<String> send;
  private final AtomicLong numbered = new AtomicLong();
  private final Map<Long, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
  private final BlockingQueue<JsonNode> states = new LinkedBlockingQueue<>();
  private final CompletableFuture<Void> connected = new CompletableFuture<>();
  private final CompletableFuture<Void> closed = new CompletableFuture<>();

  PlainClient(Consumer<String> send) {
    this.send = send;
  }

  void take(JsonNode told) {
    if (told.has("@extra")) {
      var future = asked.remove(told.path("@extra").asLong(0));
      if (future != null) {
        future.complete(told);
      }
      return;
    }
    switch (told.path("@type").asString("")) {
      case "updateAuthorizationState" -> {
        var state = told.path("authorization_state");
        states.add(state);
        if (state.path("@type").asString("").equals(STATE + "Closed")) {
          closed.complete(null);
        }
      }
      case "updateConnectionState" -> {
        if (told.path("state").path("@type").asString("").equals("connectionStateReady")) {
          connected.complete(null);
        }
      }
      default -> {
        // Everything else is about chats.
      }
    }
  }

  /// Asks, and waits for the answer, which may be an error.
  JsonNode ask(String type, Object... namesAndValues) throws InterruptedException {
    return await(begin(type, namesAndValues));
  }

  CompletableFuture<JsonNode> begin(String type, Object... namesAndValues) {
    var number = numbered.incrementAndGet();
    var future = new CompletableFuture<JsonNode>();
    asked.put(number, future);
    var request = new LinkedHashMap<String, @Nullable Object>();
    request.put("@type", type);
    request.put("@extra", number);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      request.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    send.accept(PlainTdlib.JSON.writeValueAsString(request));
    return future;
  }

  /// The refusal of a request, as `400 PHONE_CODE_INVALID`, or `ok`.
  String refusal(String type, Object... namesAndValues) throws InterruptedException {
    var answer = ask(type, namesAndValues);
    return answer.path("@type").asString("").equals("error")
        ? answer.path("code").asInt(0) + " " + answer.path("message").asString("")
        : answer.path("@type").asString("");
  }

  /// Waits for a state (`WaitCode`), and passes over others before it.
  JsonNode awaitState(String name) throws InterruptedException {
    while (true) {
      var state = states.poll(SOON.toSeconds(), TimeUnit.SECONDS);
      assertNotNull(state, "it did not come: " + name);
      if (state.path("@type").asString("").equals(STATE + name)) {
        return state;
      }
    }
  }

  void awaitConnected() throws InterruptedException {
    await(connected);
  }

  /// Keeps the login; the files are free afterwards.
  void close() throws InterruptedException {
    if (!closed.isDone()) {
      var _ = begin("close");
      await(closed);
    }
  }

  private static <T> T await(CompletableFuture<T> future) throws InterruptedException {
    try {
      return future.get(SOON.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }
}
