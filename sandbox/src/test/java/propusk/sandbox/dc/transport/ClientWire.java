package propusk.sandbox.dc.transport;

import static propusk.sandbox.dc.crypto.Octets.cut;
import static propusk.sandbox.dc.crypto.Octets.join;
import static propusk.sandbox.dc.crypto.Octets.reversed;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.CipherInputStream;
import javax.crypto.CipherOutputStream;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import propusk.sandbox.dc.crypto.Digests;

/// The client's end of a connection, in each way that clients talk.
public final class ClientWire implements AutoCloseable {
  private static final int DC = 2;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final Framing framing;

  /// A way to talk.
  public enum Kind {
    ABRIDGED(0xef),
    INTERMEDIATE(0xee),
    PADDED(0xdd),
    FULL(0),
    OBFUSCATED_ABRIDGED(0xef),
    OBFUSCATED_INTERMEDIATE(0xee),
    OBFUSCATED_PADDED(0xdd),
    PROXY_INTERMEDIATE(0xee),
    PROXY_PADDED(0xdd);

    private final int tag;

    Kind(int tag) {
      this.tag = tag;
    }

    boolean isObfuscated() {
      return isProxied() || name().startsWith("OBFUSCATED");
    }

    boolean isProxied() {
      return name().startsWith("PROXY");
    }
  }

  private ClientWire(Socket socket, InputStream in, OutputStream out, Framing framing) {
    this.socket = socket;
    this.in = in;
    this.out = out;
    this.framing = framing;
  }

  public static ClientWire connect(int port, Kind kind, byte[] proxySecret) throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(10_000);
    var random = new SecureRandom();
    var framing =
        switch (kind.tag) {
          case 0xef -> new AbridgedFraming();
          case 0xee -> new IntermediateFraming(Optional.empty());
          case 0xdd -> new IntermediateFraming(Optional.of(random));
          default -> new FullFraming();
        };
    var tag = new byte[kind.tag == 0xef && !kind.isObfuscated() ? 1 : 4];
    Arrays.fill(tag, (byte) kind.tag);
    if (!kind.isObfuscated()) {
      if (kind != Kind.FULL) {
        socket.getOutputStream().write(tag);
      }
      return new ClientWire(socket, socket.getInputStream(), socket.getOutputStream(), framing);
    }
    var start = new byte[56];
    random.nextBytes(start);
    start[0] = 1;
    start[4] = 1;
    var header = join(start, tag, new byte[] {DC, 0, 0, 0});
    var secret = kind.isProxied() ? proxySecret : new byte[0];
    var toServer = cipher(header, secret);
    var disguised = toServer.update(header);
    socket.getOutputStream().write(join(start, cut(disguised, 56, 8)));
    var fromServer = cipher(reversed(header), secret);
    return new ClientWire(
        socket,
        new CipherInputStream(socket.getInputStream(), fromServer),
        new CipherOutputStream(socket.getOutputStream(), toServer),
        framing);
  }

  public void write(byte[] payload) throws IOException {
    framing.write(out, payload);
    out.flush();
  }

  /// Writes a packet and asks for a quick acknowledgement; for intermediate framing.
  public void writeWantingQuickAck(byte[] payload) throws IOException {
    out.write(join(Framing.littleEndian(payload.length | (1 << 31)), payload));
    out.flush();
  }

  public void writeRaw(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  public byte[] read() throws IOException {
    return framing.read(in).payload();
  }

  /// The next four bytes as a number.
  public int readInt() throws IOException {
    return Framing.readInt(in);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private static Cipher cipher(byte[] header, byte[] secret) {
    var key = cut(header, 8, 32);
    try {
      var aes = Cipher.getInstance("AES/CTR/NoPadding");
      aes.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(secret.length == 0 ? key : Digests.sha256(key, secret), "AES"),
          new IvParameterSpec(cut(header, 40, 16)));
      return aes;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
