package propusk.app.launch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;

/// Gives out ports: the wished one if it is free, else the next that is; never one twice.
public final class Ports {
  private final Set<Integer> given = new HashSet<>();

  public int next(int wished) {
    for (int port = wished; port <= 65535; port++) {
      if (!given.contains(port) && isFree(port)) {
        given.add(port);
        return port;
      }
    }
    throw new IllegalStateException("No port from %d on is free".formatted(wished));
  }

  /// Free means free on every address: a listener on one would take half of our visitors.
  private static boolean isFree(int port) {
    return binds(new InetSocketAddress(port))
        && binds(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  private static boolean binds(InetSocketAddress address) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(address);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
