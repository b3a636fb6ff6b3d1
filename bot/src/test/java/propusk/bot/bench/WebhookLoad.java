package propusk.bot.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// Telegram as a load: connections that bring one update after the other, on one thread.
final class WebhookLoad {
  private final InetSocketAddress address;
  private final String head;
  private long nextId = 1;

  /// @param latencies in nanoseconds, from the moment an update was due
  record Result(long answered, Duration time, List<Long> latencies) {
    long perSecond() {
      return answered * 1_000_000_000L / time.toNanos();
    }

    double millis(double share) {
      var sorted = latencies.stream().sorted().toList();
      return sorted.get(Math.min(sorted.size() - 1, (int) (sorted.size() * share))) / 1e6;
    }
  }

  private static final class Connection {
    private final SocketChannel channel;
    private final ByteBuffer answer = ByteBuffer.allocate(4_096);
    private ByteBuffer request = ByteBuffer.allocate(0);
    private long due;

    Connection(SocketChannel channel) {
      this.channel = channel;
    }
  }

  WebhookLoad(int port, String path, String secret) {
    this.address = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
    this.head =
        "POST "
            + path
            + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "X-Telegram-Bot-Api-Secret-Token: "
            + secret
            + "\r\nContent-Length: ";
  }

  /// @param perSecond 0: as fast as the answers come
  Result run(int connections, Duration time, long perSecond) throws IOException {
    var latencies = new ArrayList<Long>();
    try (var selector = Selector.open()) {
      var idle = new ArrayDeque<Connection>();
      for (int n = 0; n < connections; n++) {
        idle.add(connect(selector));
      }
      long from = System.nanoTime();
      long end = from + time.toNanos();
      long sent = 0;
      long now = from;
      while (now < end || idle.size() < connections) {
        while (now < end && !idle.isEmpty() && isDue(from, now, sent, perSecond)) {
          var connection = idle.poll();
          connection.due = perSecond == 0 ? now : from + sent * 1_000_000_000L / perSecond;
          connection.request = request();
          write(connection);
          sent++;
        }
        if (perSecond == 0) {
          selector.select(50);
        } else {
          // Waiting must not take a core from those who are measured.
          LockSupport.parkNanos(50_000);
          selector.selectNow();
        }
        now = System.nanoTime();
        answered(selector, idle, latencies, now);
      }
      for (var key : List.copyOf(selector.keys())) {
        key.channel().close();
      }
      return new Result(latencies.size(), Duration.ofNanos(System.nanoTime() - from), latencies);
    }
  }

  private static boolean isDue(long from, long now, long sent, long perSecond) {
    return perSecond == 0 || (now - from) >= sent * 1_000_000_000L / perSecond;
  }

  private Connection connect(Selector selector) throws IOException {
    var channel = SocketChannel.open(address);
    channel.socket().setTcpNoDelay(true);
    channel.configureBlocking(false);
    var connection = new Connection(channel);
    channel.register(selector, SelectionKey.OP_READ, connection);
    return connection;
  }

  private ByteBuffer request() {
    long id = nextId++;
    long chat = id % 5_000 + 1;
    var body =
        """
        {"update_id":%d,"message":{"message_id":%d,"from":{"id":%d,"is_bot":false,"first_name":"Илья",\
        "last_name":"Козлов","username":"ilya_sandbox","language_code":"ru"},"chat":{"id":%d,\
        "first_name":"Илья","last_name":"Козлов","username":"ilya_sandbox","type":"private"},\
        "date":1764200000,"text":"/login 3HBP4Z3ECICZ","entities":[{"type":"bot_command","offset":0,\
        "length":6}]}}\
        """
            .formatted(id, id, chat, chat)
            .getBytes(UTF_8);
    var start = (head + body.length + "\r\n\r\n").getBytes(US_ASCII);
    return ByteBuffer.allocate(start.length + body.length).put(start).put(body).flip();
  }

  private static void write(Connection connection) throws IOException {
    while (connection.request.hasRemaining()) {
      connection.channel.write(connection.request);
    }
  }

  private static void answered(
      Selector selector, Deque<Connection> idle, List<Long> latencies, long now)
      throws IOException {
    for (var key : selector.selectedKeys()) {
      var connection = (Connection) key.attachment();
      if (connection.channel.read(connection.answer) < 0) {
        throw new IOException("closed");
      }
      var text = new String(connection.answer.array(), 0, connection.answer.position(), US_ASCII);
      if (text.endsWith("\r\n\r\n")) {
        if (!text.startsWith("HTTP/1.1 200")) {
          throw new IOException(text);
        }
        connection.answer.clear();
        latencies.add(now - connection.due);
        idle.add(connection);
      }
    }
    selector.selectedKeys().clear();
  }
}
