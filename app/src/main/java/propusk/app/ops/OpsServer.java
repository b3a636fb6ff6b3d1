package propusk.app.ops;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// The operator's private port, on loopback only: `/healthz` (alive: a supervisor kills us when it
/// fails), `/readyz` (can serve now) and `/metrics` in Prometheus' format.
public final class OpsServer implements AutoCloseable {
  private static final String TEXT = "text/plain; charset=utf-8";

  private final HttpServer server;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final JvmGcMetrics garbage = new JvmGcMetrics();
  private volatile List<Check> readiness;

  private OpsServer(HttpServer server, List<Check> readiness) {
    this.server = server;
    this.readiness = readiness;
  }

  /// Answers from the first moment: not ready until [#ready] is called.
  ///
  /// @param port 0 takes a free one
  /// @param liveness what must hold for this process to be worth keeping
  public static OpsServer start(int port, PrometheusMeterRegistry metrics, List<Check> liveness) {
    try {
      var address = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
      var ops =
          new OpsServer(
              HttpServer.create(address, 0),
              List.of(new Check("start", () -> Optional.of("starting"))));
      ops.observe(metrics);
      ops.server.createContext("/healthz", exchange -> ops.answer(exchange, liveness));
      ops.server.createContext("/readyz", exchange -> ops.answer(exchange, ops.readiness));
      ops.server.createContext("/metrics", exchange -> ops.send(exchange, 200, metrics.scrape()));
      ops.server.setExecutor(ops.executor);
      ops.server.start();
      return ops;
    } catch (IOException e) {
      throw new IllegalStateException(
          "The operator's port %d is taken; set PROPUSK_OPS_PORT".formatted(port), e);
    }
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /// From now on ready while these checks hold.
  public void ready(List<Check> checks) {
    readiness = List.copyOf(checks);
  }

  private void observe(PrometheusMeterRegistry metrics) {
    new JvmMemoryMetrics().bindTo(metrics);
    new JvmThreadMetrics().bindTo(metrics);
    new ProcessorMetrics().bindTo(metrics);
    new UptimeMetrics().bindTo(metrics);
    garbage.bindTo(metrics);
  }

  private void answer(HttpExchange exchange, List<Check> checks) throws IOException {
    var words = new StringBuilder();
    int status = 200;
    for (var check : checks) {
      var problem = check.run();
      if (problem.isPresent()) {
        status = 503;
      }
      words.append(check.name()).append(": ").append(problem.orElse("ok")).append('\n');
    }
    send(exchange, status, words.isEmpty() ? "ok\n" : words.toString());
  }

  private void send(HttpExchange exchange, int status, String text) throws IOException {
    try (exchange) {
      var bytes = text.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", TEXT);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    executor.shutdownNow();
    garbage.close();
  }
}
