package propusk.app.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The network between our processes and PostgreSQL: it can be cut, so that what PostgreSQL then
/// answers, to a COMMIT for one, is never heard.
final class DatabaseWire implements AutoCloseable {
  private final ServerSocket listener;
  private final int server;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

  private DatabaseWire(ServerSocket listener, int server) {
    this.listener = listener;
    this.server = server;
  }

  /// @param server PostgreSQL's port
  static DatabaseWire to(int server) {
    try {
      var wire =
          new DatabaseWire(new ServerSocket(0, 100, InetAddress.getLoopbackAddress()), server);
      Thread.ofVirtual().name("database-wire").start(wire::accept);
      return wire;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return listener.getLocalPort();
  }

  /// Cuts every connection; new ones may be made at once.
  void cut() {
    sockets.forEach(DatabaseWire::end);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        var near = listener.accept();
        sockets.add(near);
        Thread.ofVirtual().start(() -> carry(near));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void carry(Socket near) {
    try (near;
        var far = new Socket(InetAddress.getLoopbackAddress(), server)) {
      near.setTcpNoDelay(true);
      far.setTcpNoDelay(true);
      sockets.add(far);
      Thread.ofVirtual().start(() -> pump(far, near));
      pump(near, far);
      sockets.remove(far);
    } catch (IOException refused) {
      end(near);
    } finally {
      sockets.remove(near);
    }
  }

  /// Whoever ends first ends both.
  private static void pump(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException cut) {
      // Both ends learn of it below.
    } finally {
      end(from);
      end(to);
    }
  }

  private static void end(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    cut();
  }
}
