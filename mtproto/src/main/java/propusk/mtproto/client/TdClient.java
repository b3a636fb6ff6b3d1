package propusk.mtproto.client;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import propusk.mtproto.tdlib.TdJson;

/// One TDLib instance. Any thread may ask; updates go to the mailbox, in TDLib's order, on the
/// receiving thread, so a mailbox only puts them somewhere.
///
/// Whoever opened a client ends it by [#close] or [#logOut] and waits for [#awaitClosed].
public final class TdClient {
  private static final String ABORTED =
      "{\"@type\":\"error\",\"code\":500,\"message\":\"Request aborted\"}";

  private final TdJson json;
  private final int id;
  private final Consumer<TdUpdate> mailbox;
  private final CentreLog centres;
  private final AtomicLong lastExtra = new AtomicLong();
  private final Map<String, CompletableFuture<String>> waiting = new ConcurrentHashMap<>();
  private final CompletableFuture<Void> closed = new CompletableFuture<>();

  TdClient(TdJson json, int id, Consumer<TdUpdate> mailbox, CentreLog centres) {
    this.json = json;
    this.id = id;
    this.mailbox = mailbox;
    this.centres = centres;
  }

  /// Sends a request whose answer nobody needs: a refusal of it is dropped.
  public void send(TdRequest<?> request) {
    json.send(id, TdMapper.write(request, ""));
  }

  /// Asks and waits for the answer.
  ///
  /// @throws TdRefused when the answer is an error
  /// @throws TdSilent when none came in time
  public <R> R ask(TdRequest<R> request, Duration within) throws InterruptedException {
    return begin(request).await(within);
  }

  /// Sends now; the answer is waited for later.
  ///
  /// Needed before the parameters: TDLib queues what comes earlier, and waiting for it first would
  /// never end.
  public <R> Pending<R> begin(TdRequest<R> request) {
    var extra = Long.toString(lastExtra.incrementAndGet());
    var answer = new CompletableFuture<String>();
    waiting.put(extra, answer);
    if (closed.isDone()) {
      answer.complete(ABORTED);
    } else {
      json.send(id, TdMapper.write(request, extra));
    }
    return new Pending<>(this, request, extra, answer);
  }

  /// Closes without logging out. A second close is harmless.
  public void close() {
    send(new TdRequest.Close());
  }

  /// Ends the authorization on the server and deletes the local files.
  public void logOut() {
    send(new TdRequest.LogOut());
  }

  /// Whether the client was Closed in time: only then may its files be touched.
  public boolean awaitClosed(Duration within) throws InterruptedException {
    try {
      closed.get(within.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  public boolean isClosed() {
    return closed.isDone();
  }

  /// Whether it is on its way into another data centre than its account's.
  boolean entering() {
    return centres.entering(id);
  }

  int id() {
    return id;
  }

  void answered(String extra, String answer) {
    Optional.ofNullable(waiting.remove(extra)).ifPresent(future -> future.complete(answer));
  }

  void updated(TdUpdate update) {
    mailbox.accept(update);
    if (update instanceof TdUpdate.Authorization(AuthorizationState.Closed _)) {
      closed.complete(null);
      waiting.values().forEach(future -> future.complete(ABORTED));
      waiting.clear();
    }
  }

  /// A request on its way.
  public record Pending<R>(
      TdClient client, TdRequest<R> request, String extra, CompletableFuture<String> answer) {

    /// @throws TdRefused when the answer is an error
    /// @throws TdSilent when none came in time
    public R await(Duration within) throws InterruptedException {
      try {
        var node = TdMapper.read(answer.get(within.toNanos(), TimeUnit.NANOSECONDS));
        var error = TdError.in(node);
        if (error.isPresent()) throw new TdRefused(request.tdType(), error.get());
        return TdMapper.read(node, request.answer());
      } catch (TimeoutException e) {
        throw new TdSilent(request.tdType());
      } catch (ExecutionException e) {
        throw new IllegalStateException(e);
      } finally {
        client.waiting.remove(extra);
      }
    }

    /// Does this, on the receiving thread, if the answer is an error.
    void onRefusal(Consumer<TdError> then) {
      var _ = answer.thenAccept(text -> TdError.in(TdMapper.read(text)).ifPresent(then));
    }
  }
}
