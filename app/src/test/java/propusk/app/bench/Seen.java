package propusk.app.bench;

import java.util.concurrent.CompletableFuture;

/// When a page's event stream told of the code and of success, by the monotonic clock.
record Seen(CompletableFuture<Long> code, CompletableFuture<Long> success) {
  Seen() {
    this(new CompletableFuture<>(), new CompletableFuture<>());
  }

  void line(String line) {
    if (line.contains("\"qr\":")) {
      code.complete(System.nanoTime());
    }
    if (line.contains("\"status\":\"completed\"")) {
      success.complete(System.nanoTime());
    }
  }

  /// The stream ended: what it has not told by now it will not tell.
  void over() {
    var untold = new IllegalStateException("the event stream ended before");
    code.completeExceptionally(untold);
    success.completeExceptionally(untold);
  }
}
