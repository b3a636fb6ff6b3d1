package propusk.app.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Asks for one thing over kept connections, as fast as the answers come. Plain sockets: a client
/// library would be slower than what is measured.
final class HttpLoad {
  private static final int CONNECTIONS = 32;

  private HttpLoad() {}

  /// Answers of status 200 a second.
  static double perSecond(int port, String path, String headers, double seconds)
      throws InterruptedException, ExecutionException {
    var request =
        ("GET " + path + " HTTP/1.1\r\nHost: localhost:" + port + "\r\n" + headers + "\r\n")
            .getBytes(US_ASCII);
    var answers = new AtomicLong();
    long start = System.nanoTime();
    long end = start + (long) (seconds * 1e9);
    Callable<@Nullable Void> asker = () -> ask(port, request, end, answers);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var asked : threads.invokeAll(Collections.nCopies(CONNECTIONS, asker))) {
        asked.get();
      }
    }
    return answers.get() / ((System.nanoTime() - start) / 1e9);
  }

  private static @Nullable Void ask(int port, byte[] request, long end, AtomicLong answers)
      throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setTcpNoDelay(true);
      var in = new BufferedInputStream(socket.getInputStream(), 16_384);
      while (System.nanoTime() < end) {
        socket.getOutputStream().write(request);
        answer(in);
        answers.incrementAndGet();
      }
    }
    return null;
  }

  private static void answer(InputStream in) throws IOException {
    var status = line(in);
    if (!status.startsWith("HTTP/1.1 200")) {
      throw new IOException(status);
    }
    int length = 0;
    for (var header = line(in); !header.isEmpty(); header = line(in)) {
      if (header.regionMatches(true, 0, "Content-Length:", 0, 15)) {
        length = Integer.parseInt(header.substring(15).strip());
      }
    }
    in.skipNBytes(length);
  }

  private static String line(InputStream in) throws IOException {
    var line = new StringBuilder(64);
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("the connection was closed");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }
}
