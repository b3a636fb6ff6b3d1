package propusk.sandbox.dc.message;

import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import propusk.sandbox.dc.DataCentreConfig;
import propusk.sandbox.dc.crypto.Octets;
import propusk.sandbox.dc.handshake.AuthKey;
import propusk.sandbox.dc.handshake.AuthKeys;
import propusk.sandbox.dc.handshake.DcAddress;
import propusk.sandbox.dc.handshake.Handshakes;
import propusk.sandbox.dc.schema.TlException;
import propusk.sandbox.dc.schema.TlReader;
import propusk.sandbox.dc.schema.TlWriter;
import propusk.sandbox.dc.transport.Packet;
import propusk.sandbox.dc.transport.Wire;

/// One client's connection from its first packet to its last; runs on a thread of its own.
public final class Connection implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

  /// The transport's word for «I do not know this key».
  private static final int UNKNOWN_KEY = -404;

  private final Wire wire;
  private final Shared shared;
  private final Set<ClientSession> attached = new HashSet<>();

  /// Everything that connections share.
  public record Shared(
      AuthKeys keys,
      Handshakes handshakes,
      ClientSessions sessions,
      ServiceMessages service,
      MessageIds ids) {}

  public Connection(Wire wire, Shared shared) {
    this.wire = wire;
    this.shared = shared;
  }

  /// Serves the client until it leaves or breaks the protocol.
  @Override
  public void run() {
    try (wire) {
      while (receive(wire.read())) {}
    } catch (IOException | TlException | IllegalArgumentException e) {
      LOG.debug("connection ended reason={}", e.getMessage());
    } finally {
      attached.forEach(session -> session.detach(wire));
    }
  }

  private boolean receive(Packet packet) throws IOException {
    var payload = packet.payload();
    if (payload.length < Long.BYTES) {
      return false;
    }
    long keyId = Octets.longAt(payload, 0);
    if (keyId == 0) {
      shakeHands(payload);
      return true;
    }
    var key = shared.keys.find(keyId);
    if (key.isEmpty() || isOfAnotherDc(key.get())) {
      wire.writeError(UNKNOWN_KEY);
      return false;
    }
    var envelope = Envelope.open(key.get(), payload);
    if (packet.quickAckWanted()) {
      wire.writeQuickAck(envelope.quickAck());
    }
    var session = shared.sessions.findOrBegin(key.get(), envelope.session());
    session.attach(wire);
    attached.add(session);
    shared.service.receive(session, envelope);
    session.flush();
    return true;
  }

  private Optional<Integer> addressedDc() {
    return DcAddress.parse(wire.dcId());
  }

  private boolean isOfAnotherDc(AuthKey key) {
    return wire.throughProxy() && addressedDc().filter(dc -> dc != key.dc()).isPresent();
  }

  /// Unencrypted messages: key id 0, message id, length, body.
  private void shakeHands(byte[] payload) throws IOException {
    var in = new TlReader(payload);
    in.readLong();
    in.readLong();
    Optional<byte[]> answer =
        shared.handshakes.answer(
            in.readRaw(in.readInt()), addressedDc().orElse(DataCentreConfig.USUAL_DC));
    if (answer.isPresent()) {
      wire.write(
          new TlWriter()
              .writeLong(0)
              .writeLong(shared.ids.forAnswer())
              .writeInt(answer.get().length)
              .writeRaw(answer.get())
              .toBytes());
    }
  }
}
