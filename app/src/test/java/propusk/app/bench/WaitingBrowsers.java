package propusk.app.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;

/// A great many browsers with `/api/auth/stream` open, as cheap as can be: one thread reads all of
/// them and notes when each is told that it is let in.
final class WaitingBrowsers implements AutoCloseable {
  private static final byte[] TOLD = "\"authorized\":".getBytes(US_ASCII);
  private static final int CONNECTING = 100;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Selector selector;
  private final List<Browser> browsers = new ArrayList<>();
  private final Semaphore first = new Semaphore(0);
  private final Semaphore approved = new Semaphore(0);
  private final AtomicLongArray approvedAt;
  private final Thread reader = Thread.ofPlatform().name("browsers").unstarted(this::read);
  private volatile boolean closed;

  /// Each comes from one of a few addresses of the loopback, since an address has only so many
  /// ports.
  private final class Browser {
    private final int number;
    private final SocketChannel channel;
    private int matched;

    Browser(int number, URI base, String token, String cookie) throws IOException {
      this.number = number;
      channel = SocketChannel.open();
      channel.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0." + (2 + number % 8)), 0));
      channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), base.getPort()));
      var request =
          "GET /api/auth/stream?token=%s HTTP/1.1\r\nHost: %s\r\nUser-Agent: %s\r\nAccept: text/event-stream\r\nAccept-Language: ru\r\nCookie: __Host-signin=%s\r\n\r\n"
              .formatted(
                  token,
                  base.getAuthority(),
                  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/130.0.0.0 Safari/537.36",
                  cookie);
      channel.write(ByteBuffer.wrap(request.getBytes(US_ASCII)));
      channel.configureBlocking(false);
    }

    void take(ByteBuffer bytes, long now) {
      while (bytes.hasRemaining()) {
        byte next = bytes.get();
        if (matched == TOLD.length) {
          matched = 0;
          if (next == 't') {
            approvedAt.set(number, now);
            approved.release();
          } else {
            first.release();
          }
        } else if (next == TOLD[matched]) {
          matched++;
        } else {
          matched = next == TOLD[0] ? 1 : 0;
        }
      }
    }
  }

  WaitingBrowsers(int most) {
    try {
      selector = Selector.open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    approvedAt = new AtomicLongArray(most);
    reader.start();
  }

  /// Opens one stream for each; returns when each was told that it waits.
  ///
  /// @param tokens and the cookies that go with them
  void open(URI base, List<String> tokens, List<String> cookies) throws Exception {
    for (int i = 0; i < tokens.size(); i++) {
      var browser = new Browser(i, base, tokens.get(i), cookies.get(i));
      browsers.add(browser);
      selector.wakeup();
      browser.channel.register(selector, SelectionKey.OP_READ, browser);
      if (i >= CONNECTING) {
        await(first, 1);
      }
    }
    await(first, Math.min(CONNECTING, tokens.size()));
  }

  /// Returns when so many more were told that they are let in.
  void awaitApproved(int count) throws InterruptedException {
    await(approved, count);
  }

  /// When that browser was told, by [System#nanoTime].
  long approvedAt(int number) {
    return approvedAt.get(number);
  }

  private static void await(Semaphore what, int count) throws InterruptedException {
    if (!what.tryAcquire(count, PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("only %d of %d came".formatted(what.availablePermits(), count));
    }
  }

  private void read() {
    var buffer = ByteBuffer.allocateDirect(64 * 1024);
    try {
      while (!closed) {
        selector.select(100);
        for (var key : selector.selectedKeys()) {
          var browser = (Browser) key.attachment();
          buffer.clear();
          if (browser.channel.read(buffer) < 0) {
            key.cancel();
          }
          browser.take(buffer.flip(), System.nanoTime());
        }
        selector.selectedKeys().clear();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      reader.join();
      for (var browser : browsers) {
        browser.channel.close();
      }
      selector.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
