package propusk.sandbox.dc.message;

import java.io.IOException;
import java.net.ProtocolException;
import java.security.SecureRandom;
import java.util.List;
import propusk.sandbox.dc.handshake.AuthKey;
import propusk.sandbox.dc.handshake.AuthKeys;
import propusk.sandbox.dc.schema.TlObject;
import propusk.sandbox.dc.schema.TlReader;

/// Takes a session's incoming messages apart and answers those that are about the protocol itself.
///
/// See <https://core.telegram.org/mtproto/service_messages>.
public final class ServiceMessages {
  private static final int GZIP_PACKED = 0x3072cfa1;
  private static final int BAD_SALT = 48;
  private static final int BAD_CONTAINER = 64;

  private static final byte RECEIVED = 4;
  private static final byte NOT_RECEIVED = 1;

  private final AuthKeys keys;
  private final ClientSessions sessions;
  private final Salts salts;
  private final MessageIds ids;
  private final SecureRandom random;
  private final Requests requests;

  public ServiceMessages(
      AuthKeys keys,
      ClientSessions sessions,
      Salts salts,
      MessageIds ids,
      SecureRandom random,
      Requests requests) {
    this.keys = keys;
    this.sessions = sessions;
    this.salts = salts;
    this.ids = ids;
    this.random = random;
    this.requests = requests;
  }

  /// Works on one packet's message and queues what there is to answer.
  void receive(ClientSession session, Envelope envelope) throws IOException {
    var message = envelope.message();
    int complaint = ids.complaint(message.id());
    if (complaint != 0) {
      session.notice(bad("bad_msg_notification", message, complaint));
      return;
    }
    if (!salts.accepts(session.key(), envelope.salt())) {
      var bad = bad("bad_server_salt", message, BAD_SALT);
      bad.fields().put("new_server_salt", salts.current(session.key()));
      session.notice(bad);
      return;
    }
    if (session.isToBeGreeted()) {
      greet(session, message);
    }
    take(session, message, true);
  }

  private void greet(ClientSession session, Message first) {
    session
        .outgoing()
        .addImportant(
            ClientSession.CODEC.write(
                TlObject.of(
                    "new_session_created",
                    "first_msg_id",
                    first.id(),
                    "unique_id",
                    random.nextLong(),
                    "server_salt",
                    salts.current(session.key()))),
            false);
  }

  private void take(ClientSession session, Message message, boolean mayContain) throws IOException {
    var in = new TlReader(message.body());
    if (in.peekInt() == Outgoing.CONTAINER) {
      if (!mayContain) {
        session.notice(bad("bad_msg_notification", message, BAD_CONTAINER));
        return;
      }
      in.readInt();
      for (int left = in.readInt(); left > 0; left--) {
        var inner = new Message(in.readLong(), in.readInt(), in.readRaw(in.readInt()));
        take(session, inner, false);
      }
      return;
    }
    if (in.peekInt() == GZIP_PACKED) {
      var unpacked = ClientSession.unpacked(in);
      take(session, new Message(message.id(), message.seqNo(), unpacked), mayContain);
      return;
    }
    var known = ClientSession.CODEC.readKnown(in).or(() -> ClientSession.CODEC.readCall(in));
    if (known.isEmpty()) {
      request(session, message);
    } else {
      answer(session, message, known.get());
    }
  }

  private void request(ClientSession session, Message message) {
    if (session.isNew(message.id())) {
      requests.request(session, message.id(), message.body());
    } else {
      session.outgoing().repeatAnswerTo(message.id());
    }
  }

  private void answer(ClientSession session, Message message, TlObject asked) throws IOException {
    switch (asked.name()) {
      case "ping" -> pong(session, message, asked);
      case "ping_delay_disconnect" -> {
        if (session.wire().isPresent()) {
          session.wire().get().allowSilence(Math.clamp(asked.number("disconnect_delay"), 1, 600));
        }
        pong(session, message, asked);
      }
      case "msgs_ack" -> session.outgoing().acknowledged(asked.bigs("msg_ids"));
      case "msgs_state_req" -> tellStates(session, message, asked.bigs("msg_ids"));
      case "msg_resend_req" -> session.outgoing().repeat(asked.bigs("msg_ids"));
      case "get_future_salts" ->
          session.reply(
              TlObject.of(
                  "future_salts",
                  "req_msg_id",
                  message.id(),
                  "now",
                  salts.now(),
                  "salts",
                  salts.future(session.key(), asked.number("num"))));
      case "rpc_drop_answer" ->
          session.answer(
              message.id(), ClientSession.CODEC.write(TlObject.of("rpc_answer_unknown")));
      case "destroy_session" -> destroySession(session, asked.big("session_id"));
      case "destroy_auth_key" -> destroyKey(session);
      case "http_wait", "msgs_state_info", "msgs_all_info" -> {
        // They need no answer.
      }
      default -> throw new ProtocolException("not for a server: " + asked.name());
    }
  }

  private static void pong(ClientSession session, Message message, TlObject ping) {
    session.reply(TlObject.of("pong", "msg_id", message.id(), "ping_id", ping.big("ping_id")));
  }

  private static void tellStates(ClientSession session, Message message, List<Long> asked) {
    var states = new byte[asked.size()];
    for (int i = 0; i < states.length; i++) {
      states[i] = session.knows(asked.get(i)) ? RECEIVED : NOT_RECEIVED;
      session.outgoing().repeatAnswerTo(asked.get(i));
    }
    session.reply(TlObject.of("msgs_state_info", "req_msg_id", message.id(), "info", states));
  }

  private void destroySession(ClientSession session, long id) {
    boolean destroyed = id != session.id() && sessions.destroy(session.key(), id);
    session.reply(
        TlObject.of(destroyed ? "destroy_session_ok" : "destroy_session_none", "session_id", id));
  }

  private void destroyKey(ClientSession session) {
    AuthKey key = keys.holder(session.key().id()).orElse(session.key());
    session.reply(TlObject.of("destroy_auth_key_ok"));
    session.flush();
    requests.keyDestroyed(key);
    sessions.forget(key.id());
    keys.remove(key.id());
  }

  private static TlObject bad(String name, Message message, int code) {
    return TlObject.of(
        name, "bad_msg_id", message.id(), "bad_msg_seqno", message.seqNo(), "error_code", code);
  }
}
