package propusk.sandbox.dc.message;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import propusk.sandbox.dc.crypto.Octets;
import propusk.sandbox.dc.handshake.AuthKeys;
import propusk.sandbox.dc.handshake.Handshake;
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
  private final AuthKeys keys;
  private final Handshake handshake;
  private final ClientSessions sessions;
  private final ServiceMessages service;
  private final MessageIds ids;
  private final Set<ClientSession> attached = new HashSet<>();

  /// Everything that connections share.
  public static final class Shared {
    private final AuthKeys keys;
    private final ClientSessions sessions;
    private final ServiceMessages service;
    private final MessageIds ids;

    public Shared(
        AuthKeys keys,
        ClientSessions sessions,
        Salts salts,
        MessageIds ids,
        SecureRandom random,
        Requests requests) {
      this.keys = keys;
      this.sessions = sessions;
      this.ids = ids;
      this.service = new ServiceMessages(keys, sessions, salts, ids, random, requests);
    }
  }

  public Connection(Wire wire, Handshake handshake, Shared shared) {
    this.wire = wire;
    this.handshake = handshake;
    this.keys = shared.keys;
    this.sessions = shared.sessions;
    this.service = shared.service;
    this.ids = shared.ids;
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
    var key = keys.find(keyId);
    if (key.isEmpty()) {
      wire.writeError(UNKNOWN_KEY);
      return false;
    }
    var envelope = Envelope.open(key.get(), payload);
    if (packet.quickAckWanted()) {
      wire.writeQuickAck(envelope.quickAck());
    }
    var session = sessions.findOrBegin(key.get(), envelope.session());
    session.attach(wire);
    attached.add(session);
    service.receive(session, envelope);
    session.flush();
    return true;
  }

  /// Unencrypted messages: key id 0, message id, length, body.
  private void shakeHands(byte[] payload) throws IOException {
    var in = new TlReader(payload);
    in.readLong();
    in.readLong();
    Optional<byte[]> answer = handshake.answer(in.readRaw(in.readInt()));
    if (answer.isPresent()) {
      wire.write(
          new TlWriter()
              .writeLong(0)
              .writeLong(ids.forAnswer())
              .writeInt(answer.get().length)
              .writeRaw(answer.get())
              .toBytes());
    }
  }
}
