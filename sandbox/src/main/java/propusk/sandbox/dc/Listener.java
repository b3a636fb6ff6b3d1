package propusk.sandbox.dc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A TCP port on loopback that gives each connection a virtual thread.
final class Listener implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
  private static final int BACKLOG = 1024;

  private final ServerSocket server;
  private final BooleanSupplier refuses;
  private final Consumer<Socket> serve;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private Listener(ServerSocket server, BooleanSupplier refuses, Consumer<Socket> serve) {
    this.server = server;
    this.refuses = refuses;
    this.serve = serve;
  }

  /// Begins to listen.
  ///
  /// @param port 0 for a free one
  /// @param refuses whether connections are cut at once
  /// @param serve works on one connection until its end
  static Listener start(int port, BooleanSupplier refuses, Consumer<Socket> serve) {
    try {
      var server = new ServerSocket();
      server.setReuseAddress(true);
      server.bind(
          new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port),
          BACKLOG);
      var listener = new Listener(server, refuses, serve);
      Thread.ofVirtual().name("dc accept").start(listener::accept);
      return listener;
    } catch (IOException e) {
      throw new UncheckedIOException("data centre port " + port, e);
    }
  }

  int port() {
    return server.getLocalPort();
  }

  void cutAll() {
    open.forEach(Listener::closed);
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      LOG.debug("port did not close reason={}", e.getMessage());
    }
    cutAll();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        begin(server.accept());
      } catch (IOException e) {
        LOG.debug("no connection taken reason={}", e.getMessage());
      }
    }
  }

  private void begin(Socket socket) {
    // In the set first: whoever cuts all of them meanwhile has refused new ones before.
    open.add(socket);
    if (server.isClosed() || refuses.getAsBoolean()) {
      open.remove(socket);
      closed(socket);
      return;
    }
    Thread.ofVirtual()
        .name("dc client")
        .start(() -> {
          try {
            serve.accept(socket);
          } catch (RuntimeException e) {
            LOG.error("connection failed", e);
          } finally {
            open.remove(socket);
            closed(socket);
          }
        });
  }

  private static void closed(Socket socket) {
    try {
      socket.close();
    } catch (IOException _) {
      // It is gone already.
    }
  }
}
