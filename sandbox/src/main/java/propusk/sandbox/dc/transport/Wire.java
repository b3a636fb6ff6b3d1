package propusk.sandbox.dc.transport;

import static propusk.sandbox.dc.crypto.Octets.join;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.SocketException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// One client's TCP connection, as a sequence of packets each way.
///
/// One thread reads; any thread may write or close.
public final class Wire implements AutoCloseable {
  /// Clients ping every minute; nothing for so long is a client that is gone.
  private static final Duration SILENCE = Duration.ofMinutes(5);

  private static final int ABRIDGED = 0xef;
  private static final int INTERMEDIATE = 0xee;
  private static final int PADDED = 0xdd;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final Framing framing;
  private final int dcId;
  private final Optional<String> secret;
  private final ReentrantLock writing = new ReentrantLock();

  private Wire(
      Socket socket,
      InputStream in,
      OutputStream out,
      Framing framing,
      int dcId,
      Optional<String> secret) {
    this.socket = socket;
    this.in = in;
    this.out = out;
    this.framing = framing;
    this.dcId = dcId;
    this.secret = secret;
  }

  /// Finds out by its first bytes how the client wants to talk.
  ///
  /// @param proxySecrets what clients use that take us for an MTProxy, in hexadecimal; others may
  ///   come without
  public static Wire open(Socket socket, List<String> proxySecrets, SecureRandom random)
      throws IOException {
    socket.setTcpNoDelay(true);
    socket.setSoTimeout((int) SILENCE.toMillis());
    var in = new BufferedInputStream(socket.getInputStream());
    var out = socket.getOutputStream();
    var first = Framing.readFully(in, 1);
    if ((first[0] & 0xff) == ABRIDGED) {
      return new Wire(socket, in, out, new AbridgedFraming(), 0, Optional.empty());
    }
    var start = join(first, Framing.readFully(in, 7));
    int tag = plainTag(start);
    if (tag != 0) {
      var whole = new SequenceInputStream(new ByteArrayInputStream(start, 4, 4), in);
      return new Wire(socket, whole, out, framing(tag, random), 0, Optional.empty());
    }
    if (isZero(start, 4)) {
      var whole = new SequenceInputStream(new ByteArrayInputStream(start), in);
      return new Wire(socket, whole, out, new FullFraming(), 0, Optional.empty());
    }
    var header = join(start, Framing.readFully(in, Obfuscation.HEADER - start.length));
    var secret = proxySecrets.stream().filter(each -> fits(header, each)).findFirst();
    var obfuscation = new Obfuscation(header, secret.map(Wire::bytes).orElse(new byte[0]));
    return new Wire(
        socket,
        obfuscation.in(in),
        obfuscation.out(out),
        framing(obfuscation.tag(), random),
        obfuscation.dcId(),
        secret);
  }

  /// What the client addresses itself to: a data centre's number, noise, or 0 for nothing.
  public int dcId() {
    return dcId;
  }

  /// Whether the client takes us for an MTProxy: then it must say where it wants to go.
  public boolean throughProxy() {
    return secret.isPresent();
  }

  /// What Telegram would take for the client's address: where the connection comes from, and the
  /// proxy secret in place of the proxy.
  public String address() {
    return socket.getInetAddress().getHostAddress() + " " + secret.orElse("");
  }

  /// Waits for the next packet; a packet still missing after the silence allowed ends the
  /// connection.
  ///
  /// @throws SocketException if the connection was cut, even where a packet came afterwards: the
  ///   thread that waits may take it from the system before it learns that its socket is closed
  public Packet read() throws IOException {
    var packet = framing.read(in);
    if (socket.isClosed()) {
      throw new SocketException("cut before its next packet");
    }
    return packet;
  }

  /// How long the client may be silent, in seconds.
  public void allowSilence(int seconds) throws IOException {
    socket.setSoTimeout(1000 * seconds);
  }

  public void write(byte[] payload) throws IOException {
    writing.lock();
    try {
      framing.write(out, payload);
      out.flush();
    } finally {
      writing.unlock();
    }
  }

  public void writeQuickAck(int token) throws IOException {
    writing.lock();
    try {
      framing.writeQuickAck(out, token);
      out.flush();
    } finally {
      writing.unlock();
    }
  }

  /// Tells an error that has no session, such as -404 for an unknown key.
  ///
  /// See <https://core.telegram.org/mtproto/mtproto-transports#transport-errors>.
  public void writeError(int code) throws IOException {
    write(Framing.littleEndian(code));
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException _) {
      // It is closed or broken: either way it is gone.
    }
  }

  private static Framing framing(int tag, SecureRandom random) throws ProtocolException {
    return switch (tag) {
      case ABRIDGED -> new AbridgedFraming();
      case INTERMEDIATE -> new IntermediateFraming(Optional.empty());
      case PADDED -> new IntermediateFraming(Optional.of(random));
      default -> throw new ProtocolException("unknown transport");
    };
  }

  private static boolean fits(byte[] header, String secret) {
    return new Obfuscation(header, bytes(secret)).tag() != 0;
  }

  private static byte[] bytes(String secret) {
    return HexFormat.of().parseHex(secret);
  }

  private static int plainTag(byte[] start) {
    int tag = start[0] & 0xff;
    boolean equal = start[1] == start[0] && start[2] == start[0] && start[3] == start[0];
    return equal && (tag == INTERMEDIATE || tag == PADDED) ? tag : 0;
  }

  private static boolean isZero(byte[] bytes, int from) {
    return bytes[from] == 0 && bytes[from + 1] == 0 && bytes[from + 2] == 0 && bytes[from + 3] == 0;
  }
}
