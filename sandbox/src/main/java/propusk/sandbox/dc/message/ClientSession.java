package propusk.sandbox.dc.message;

import java.io.IOException;
import java.net.ProtocolException;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import propusk.sandbox.dc.handshake.AuthKey;
import propusk.sandbox.dc.schema.Schema;
import propusk.sandbox.dc.schema.TlCodec;
import propusk.sandbox.dc.schema.TlObject;
import propusk.sandbox.dc.schema.TlReader;
import propusk.sandbox.dc.schema.TlWriter;
import propusk.sandbox.dc.transport.Wire;

/// One run of a client, over as many connections as it makes one after another.
///
/// Answers given while a packet is being read leave together at its end, others at once. See
/// <https://core.telegram.org/mtproto/description#session>.
public final class ClientSession {
  static final TlCodec CODEC = new TlCodec(Schema.mtproto(), 0);

  private static final int REMEMBERED = 1024;
  private static final int WORTH_PACKING = 512;

  private final AuthKey key;
  private final long id;
  private final Salts salts;
  private final SecureRandom random;
  private final Outgoing outgoing;
  private final ReentrantLock sending = new ReentrantLock();
  private final Map<Long, Boolean> received =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Long, Boolean> eldest) {
              return size() > REMEMBERED;
            }
          });
  private volatile @Nullable Wire wire;
  private final AtomicBoolean greeted = new AtomicBoolean();
  private volatile boolean wantsUpdates = true;
  private volatile boolean works;

  ClientSession(AuthKey key, long id, Salts salts, MessageIds ids, SecureRandom random) {
    this.key = key;
    this.id = id;
    this.salts = salts;
    this.random = random;
    this.outgoing = new Outgoing(ids);
  }

  /// The key that its messages are encrypted with, as it was when the session began.
  public AuthKey key() {
    return key;
  }

  public long id() {
    return id;
  }

  /// Its client makes requests as somebody who is logged in.
  public void works() {
    works = true;
  }

  /// The address that it works from; empty if it does not work, or is not connected.
  public Optional<String> workplace() {
    return works ? wire().map(Wire::address) : Optional.empty();
  }

  public boolean isConnected() {
    return wire != null;
  }

  /// Answers a request.
  ///
  /// @param result the answer, in TL
  public void answer(long requestId, byte[] result) {
    var packed = result.length < WORTH_PACKING ? result : packed(result);
    outgoing.addImportant(
        new TlWriter().writeInt(Outgoing.RESULT).writeLong(requestId).writeRaw(packed).toBytes(),
        true);
  }

  /// Refuses a request.
  public void refuse(long requestId, int code, String text) {
    var error = TlObject.of("rpc_error", "error_code", code, "error_message", text);
    answer(requestId, CODEC.write(error));
  }

  /// Tells that a request was taken whose answer comes later.
  public void acknowledge(long requestId) {
    notice(TlObject.of("msgs_ack", "msg_ids", List.of(requestId)));
  }

  /// Tells the client something that it did not ask for, as soon as it is connected.
  public void push(byte[] update) {
    outgoing.addImportant(update, false);
    flush();
  }

  /// This session is for up- and downloads: updates go to others.
  public void wantsNoUpdates() {
    wantsUpdates = false;
  }

  boolean wantsUpdates() {
    return wantsUpdates;
  }

  /// Sends what waits, if there is a connection; else it stays for the next one.
  public void flush() {
    sending.lock();
    try {
      var current = wire;
      if (current != null) {
        var message = outgoing.take();
        if (message.isPresent()) {
          current.write(Envelope.seal(key, salts.current(key), id, message.get(), random));
        }
      }
    } catch (IOException _) {
      cut();
    } finally {
      sending.unlock();
    }
  }

  /// Cuts the connection, as a broken network does.
  public void cut() {
    var current = wire;
    if (current != null) {
      current.close();
    }
  }

  void attach(Wire connection) {
    var before = wire;
    if (before != connection) {
      wire = connection;
      works = false;
      outgoing.repeatAll();
    }
  }

  void detach(Wire connection) {
    if (wire == connection) {
      wire = null;
    }
  }

  /// Whether the client is still to be told that this session began; true once.
  boolean isToBeGreeted() {
    return greeted.compareAndSet(false, true);
  }

  /// Remembers a message; false if it came before.
  boolean isNew(long messageId) {
    return received.putIfAbsent(messageId, true) == null;
  }

  boolean knows(long messageId) {
    return received.containsKey(messageId);
  }

  /// As if the message had never come: its sender will send it again.
  public void forget(long messageId) {
    received.remove(messageId);
  }

  Outgoing outgoing() {
    return outgoing;
  }

  Optional<Wire> wire() {
    return Optional.ofNullable(wire);
  }

  void notice(TlObject object) {
    outgoing.add(CODEC.write(object), false);
  }

  void reply(TlObject object) {
    outgoing.add(CODEC.write(object), true);
  }

  private static byte[] packed(byte[] result) {
    var gzip = CODEC.write(TlObject.of("gzip_packed", "packed_data", Gzip.pack(result)));
    return gzip.length < result.length ? gzip : result;
  }

  /// Reads a `gzip_packed` and answers what is in it.
  public static byte[] unpacked(TlReader in) throws ProtocolException {
    return Gzip.unpack(CODEC.read(in).bytes("packed_data"));
  }
}
