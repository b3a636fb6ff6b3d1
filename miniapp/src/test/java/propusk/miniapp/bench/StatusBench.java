package propusk.miniapp.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.javalin.Javalin;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import propusk.domain.account.Language;
import propusk.miniapp.MiniAppWorld;
import propusk.miniapp.edge.ServerSettings;

/// `/qr-auth-status` with a bearer against a bare Javalin handler that answers as many bytes, in
/// the same process and in turn. Client and server share the machine, so compare the two, not the
/// sums.
///
/// `./propusk bench StatusBench` runs it.
final class StatusBench {
  private static final int CONNECTIONS = 16;
  private static final int ROUNDS = 5;
  private static final Duration WARM_UP = Duration.ofSeconds(10);
  private static final Duration ROUND = Duration.ofSeconds(5);

  @Test
  void statusAgainstABareHandler() throws Exception {
    try (var world = new MiniAppWorld()) {
      var ilya = world.ilya(Language.RU);
      var login = world.requested(ilya);
      var bearer = world.bearer(login, ilya);
      world.link(world.claim(), Duration.ofSeconds(30));
      var path = "/qr-auth-status?session_id=" + login.id().value();
      var body = world.get(path, "Authorization", "Bearer " + bearer).body();
      var bare =
          Javalin.create(config -> {
            ServerSettings.apply(config);
            config.routes.get("/bare", ctx -> ctx.contentType("application/json").result(body));
          });
      bare.start("localhost", 0);
      var ours = request(path, bearer);
      var theirs = request("/bare", bearer);
      load(world.base.getPort(), ours, WARM_UP);
      load(bare.port(), theirs, WARM_UP);
      var out =
          new StringBuilder(
              "status with bearer, %d bytes, 16 connections%n".formatted(body.length()));
      for (int round = 1; round <= ROUNDS; round++) {
        long status = load(world.base.getPort(), ours, ROUND);
        long other = load(bare.port(), theirs, ROUND);
        out.append(
            "round %d: status %d/s, bare %d/s, %d %%%n"
                .formatted(round, status, other, 100 * status / other));
      }
      bare.stop();
      var figures = Files.createDirectories(Path.of("target", "bench")).resolve("figures.txt");
      Files.writeString(figures, out);
    }
  }

  private static byte[] request(String path, String bearer) {
    return ("GET "
            + path
            + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
            + bearer
            + "\r\n\r\n")
        .getBytes(US_ASCII);
  }

  private static long load(int port, byte[] request, Duration time) throws Exception {
    long end = System.nanoTime() + time.toNanos();
    long total = 0;
    try (var threads = Executors.newFixedThreadPool(CONNECTIONS)) {
      var running = new ArrayList<Future<Long>>();
      for (int i = 0; i < CONNECTIONS; i++) {
        Callable<Long> client = () -> ask(port, request, end);
        running.add(threads.submit(client));
      }
      for (var client : running) {
        total += client.get();
      }
    }
    return total * 1_000 / time.toMillis();
  }

  private static long ask(int port, byte[] request, long end) throws IOException {
    try (var socket = new Socket("localhost", port)) {
      socket.setTcpNoDelay(true);
      var out = socket.getOutputStream();
      var in = new BufferedInputStream(socket.getInputStream(), 16 * 1024);
      long answers = 0;
      while (System.nanoTime() < end) {
        out.write(request);
        readAnswer(in);
        answers++;
      }
      return answers;
    }
  }

  private static void readAnswer(InputStream in) throws IOException {
    int length = -1;
    var line = new StringBuilder();
    for (int c = in.read(); ; c = in.read()) {
      if (c < 0) {
        throw new IOException("closed");
      }
      if (c != '\n') {
        line.append((char) c);
        continue;
      }
      var text = line.toString().strip().toLowerCase(Locale.ROOT);
      line.setLength(0);
      if (text.startsWith("content-length:")) {
        length = Integer.parseInt(text.substring(15).strip());
      }
      if (text.isEmpty()) {
        break;
      }
    }
    if (length < 0 || in.readNBytes(length).length < length) {
      throw new IOException("no whole answer");
    }
  }
}
