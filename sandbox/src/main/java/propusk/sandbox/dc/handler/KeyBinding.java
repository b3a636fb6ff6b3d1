package propusk.sandbox.dc.handler;

import static propusk.sandbox.dc.crypto.Octets.cut;

import java.util.Arrays;
import java.util.Map;
import propusk.sandbox.dc.crypto.Digests;
import propusk.sandbox.dc.crypto.MessageKeys;
import propusk.sandbox.dc.crypto.MessageKeys.Direction;
import propusk.sandbox.dc.crypto.Octets;
import propusk.sandbox.dc.handler.Method.Asker;
import propusk.sandbox.dc.handshake.AuthKey;
import propusk.sandbox.dc.handshake.AuthKeys;
import propusk.sandbox.dc.schema.Schema;
import propusk.sandbox.dc.schema.TlCodec;
import propusk.sandbox.dc.schema.TlObject;
import propusk.sandbox.dc.schema.TlReader;

/// `auth.bindTempAuthKey`: a temporary key is put in the place of a permanent one.
///
/// See <https://core.telegram.org/method/auth.bindTempAuthKey>.
final class KeyBinding {
  private static final TlCodec CODEC = new TlCodec(Schema.mtproto(), 0);
  private static final int HEADER = 24;

  private final AuthKeys keys;

  KeyBinding(AuthKeys keys) {
    this.keys = keys;
  }

  Map<String, Method> table() {
    return Map.of("auth.bindTempAuthKey", this::bind);
  }

  private boolean bind(Asker asker, TlObject call) throws RpcException {
    var permanent =
        keys.find(call.big("perm_auth_key_id"))
            .filter(key -> key.expiresAt().isEmpty())
            .orElseThrow(() -> new RpcException(400, "ENCRYPTED_MESSAGE_INVALID"));
    var inner = open(permanent, call.bytes("encrypted_message"));
    var temporary = asker.session().key();
    boolean fits =
        inner.big("nonce") == call.big("nonce")
            && inner.big("temp_auth_key_id") == temporary.id()
            && inner.big("perm_auth_key_id") == permanent.id()
            && inner.big("temp_session_id") == asker.session().id()
            && inner.number("expires_at") == call.number("expires_at");
    if (!fits || temporary.expiresAt().isEmpty()) {
      throw new RpcException(400, "ENCRYPTED_MESSAGE_INVALID");
    }
    keys.update(permanent.id(), key -> key.with(asker.key().client()));
    keys.update(temporary.id(), key -> key.boundTo(permanent.id()));
    return true;
  }

  /// The proof that the client has the permanent key: a message in the old encryption of MTProto
  /// 1.0.
  private static TlObject open(AuthKey permanent, byte[] encrypted) throws RpcException {
    var messageKey = cut(encrypted, 8, 16);
    var cipher = MessageKeys.cipherV1(permanent.bytes(), messageKey, Direction.FROM_CLIENT);
    int length = (encrypted.length - HEADER) & ~15;
    var opened = cipher.decrypt(cut(encrypted, HEADER, length));
    var in = new TlReader(opened);
    in.readRaw(16 + Long.BYTES + Integer.BYTES);
    int size = in.readInt();
    var body = in.readRaw(size);
    var hash = Digests.sha1(cut(opened, 0, in.position()));
    boolean own = Octets.longAt(encrypted, 0) == permanent.id();
    if (!own || !Arrays.equals(cut(hash, 4, 16), messageKey)) {
      throw new RpcException(400, "ENCRYPTED_MESSAGE_INVALID");
    }
    return CODEC.read(body);
  }
}
