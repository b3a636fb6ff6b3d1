package propusk.app.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// One address for several web processes, as a proxy gives them: a new connection goes to the next
/// process that lives. When that one dies, so does the connection, answered or not.
final class FrontDoor implements AutoCloseable {
  private final ServerSocket listener;
  private final List<Integer> servers;
  private final AtomicInteger turn = new AtomicInteger();
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

  private FrontDoor(ServerSocket listener, List<Integer> servers) {
    this.listener = listener;
    this.servers = List.copyOf(servers);
  }

  /// @param port where it listens on loopback
  /// @param servers the ports behind it
  static FrontDoor open(int port, List<Integer> servers) {
    try {
      var door =
          new FrontDoor(new ServerSocket(port, 200, InetAddress.getLoopbackAddress()), servers);
      Thread.ofVirtual().name("front-door").start(door::accept);
      return door;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
    try (near) {
      var found = living();
      if (found.isEmpty()) {
        return;
      }
      try (var far = found.get()) {
        near.setTcpNoDelay(true);
        far.setTcpNoDelay(true);
        sockets.add(far);
        Thread.ofVirtual().start(() -> pump(far, near));
        pump(near, far);
        sockets.remove(far);
      }
    } catch (IOException cut) {
      // Whoever came hears nothing, as when a process dies.
      return;
    } finally {
      sockets.remove(near);
    }
  }

  private Optional<Socket> living() {
    int first = turn.getAndIncrement();
    for (int n = 0; n < servers.size(); n++) {
      int port = servers.get(Math.floorMod(first + n, servers.size()));
      try {
        return Optional.of(new Socket(InetAddress.getLoopbackAddress(), port));
      } catch (IOException dead) {
        // The next one may live.
      }
    }
    return Optional.empty();
  }

  /// Whoever ends first ends both.
  private static void pump(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException cut) {
      return;
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (var socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
