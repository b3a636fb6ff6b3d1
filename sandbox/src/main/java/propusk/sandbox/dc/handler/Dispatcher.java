package propusk.sandbox.dc.handler;

import java.net.ProtocolException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import propusk.sandbox.dc.handler.Method.Asker;
import propusk.sandbox.dc.handshake.AuthKey;
import propusk.sandbox.dc.handshake.AuthKeys;
import propusk.sandbox.dc.handshake.ClientInfo;
import propusk.sandbox.dc.login.Authorizations;
import propusk.sandbox.dc.login.LoginCodes;
import propusk.sandbox.dc.login.LoginTokens;
import propusk.sandbox.dc.message.ClientSession;
import propusk.sandbox.dc.message.ClientSessions;
import propusk.sandbox.dc.message.Requests;
import propusk.sandbox.dc.schema.Schema;
import propusk.sandbox.dc.schema.TlCodec;
import propusk.sandbox.dc.schema.TlException;
import propusk.sandbox.dc.schema.TlObject;
import propusk.sandbox.dc.schema.TlReader;
import propusk.sandbox.world.Call.Plane;
import propusk.sandbox.world.MethodFault;
import propusk.sandbox.world.World;

/// Finds the method for each request, lets faults have their way, and keeps the list of calls.
public final class Dispatcher implements Requests {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
  private static final Schema SCHEMA = Schema.telegram();
  private static final int GZIP_PACKED = 0x3072cfa1;

  /// What the methods work on.
  ///
  /// @param dcId the data centre that clients are in who named none
  /// @param port where clients are told to connect to
  public record Parts(
      World world,
      AuthKeys keys,
      LoginTokens tokens,
      LoginCodes codes,
      Authorizations authorizations,
      ClientSessions sessions,
      Phone phone,
      SecureRandom random,
      int dcId,
      IntSupplier port) {}

  private final World world;
  private final AuthKeys keys;
  private final LoginTokens tokens;
  private final Authorizations authorizations;
  private final RequestGuard guard;
  private final Map<String, Method> methods = new HashMap<>();
  private final ConcurrentHashMap<Integer, TlCodec> codecs = new ConcurrentHashMap<>();

  /// Puts the tables of all methods together.
  public Dispatcher(Parts parts) {
    world = parts.world;
    keys = parts.keys;
    tokens = parts.tokens;
    authorizations = parts.authorizations;
    guard = new RequestGuard(parts.sessions, authorizations);
    methods.putAll(new HelpMethods(world.clock(), parts.dcId, parts.port).table());
    methods.putAll(new LoginMethods(world, tokens, authorizations, parts.phone).table());
    methods.putAll(new MigrationMethods(parts).table());
    methods.putAll(new CodeMethods(world, parts.codes, authorizations).table());
    methods.putAll(new PasswordMethods(world, authorizations, parts.random).table());
    methods.putAll(new AccountMethods(world, authorizations).table());
    methods.putAll(new KeyBinding(keys).table());
  }

  @Override
  public void request(ClientSession session, long messageId, byte[] call) {
    try {
      var in = unwrapped(session, new TlReader(call));
      var known = codec(0).readCall(in);
      if (known.isPresent()) {
        meetFault(session, messageId, known.get());
      } else {
        refuse(session, messageId, SCHEMA.nameOf(in.peekInt()), 400, "METHOD_INVALID");
      }
    } catch (TlException | ProtocolException e) {
      LOG.debug("request was not understood reason={}", e.getMessage());
      refuse(session, messageId, "?", 400, "INPUT_REQUEST_INVALID");
    }
  }

  @Override
  public void keyDestroyed(AuthKey key) {
    tokens.expireAll(key.id());
    authorizations.logOut(key);
  }

  /// Takes the wrappers off a call and keeps what they say about the client.
  private TlReader unwrapped(ClientSession session, TlReader in) throws ProtocolException {
    if (in.peekInt() == GZIP_PACKED) {
      return unwrapped(session, new TlReader(ClientSession.unpacked(in)));
    }
    if (!SCHEMA.isWrapper(in.peekInt())) {
      return in;
    }
    var wrapper = codec(0).readCall(in).orElseThrow();
    switch (wrapper.name()) {
      case "invokeWithLayer" -> learn(session, info -> info.withLayer(wrapper.number("layer")));
      case "initConnection" -> learn(session, info -> described(info, wrapper));
      case "invokeWithoutUpdates" -> session.wantsNoUpdates();
      default -> {
        // The order that the others ask for is the order in which requests are worked on.
      }
    }
    return unwrapped(session, new TlReader(wrapper.bytes("query")));
  }

  private static ClientInfo described(ClientInfo known, TlObject said) {
    return new ClientInfo(
        known.layer(),
        said.number("api_id"),
        said.text("device_model"),
        said.text("system_version"),
        said.text("app_version"),
        said.text("lang_code"));
  }

  private void learn(ClientSession session, UnaryOperator<ClientInfo> knowledge) {
    long holder = keys.holder(session.key().id()).orElse(session.key()).id();
    keys.update(holder, key -> key.with(knowledge.apply(key.client())));
  }

  private void meetFault(ClientSession session, long messageId, TlObject call) {
    var fault = world.faults().take(call.name());
    if (fault.flatMap(MethodFault::drop).orElse(false)) {
      world.calls().refused(Plane.MTPROTO, call.name(), "connection dropped");
      // Lost on its way in: a message that counts as received would be waited for, and never sent
      // again.
      session.forget(messageId);
      session.cut();
      return;
    }
    var delay = fault.flatMap(MethodFault::delayMillis).map(Duration::ofMillis);
    if (delay.isEmpty()) {
      work(session, messageId, call, fault);
      return;
    }
    session.acknowledge(messageId);
    Thread.ofVirtual()
        .name("delayed " + call.name())
        .start(() -> {
          if (slept(delay.get())) {
            work(session, messageId, call, fault);
            session.flush();
          }
        });
  }

  private void work(
      ClientSession session, long messageId, TlObject call, Optional<MethodFault> fault) {
    var code = fault.flatMap(MethodFault::code);
    if (code.isPresent()) {
      var text = fault.flatMap(MethodFault::text).orElse("INTERNAL");
      refuse(session, messageId, call.name(), code.get(), text);
      return;
    }
    var key = keys.holder(session.key().id()).orElse(session.key());
    try {
      var answer = answer(new Asker(session, key), call);
      world.calls().answered(Plane.MTPROTO, call.name());
      session.answer(messageId, codec(key.client().layer()).writeAnswer(answer));
    } catch (RpcException e) {
      refuse(session, messageId, call.name(), e.code(), e.text());
    } catch (RuntimeException e) {
      LOG.error("method failed name={}", call.name(), e);
      refuse(session, messageId, call.name(), 500, "INTERNAL_SERVER_ERROR");
    }
  }

  private Object answer(Asker asker, TlObject call) throws RpcException {
    var method = methods.get(call.name());
    if (method == null) {
      throw new RpcException(400, "METHOD_INVALID");
    }
    guard.check(asker, call.name());
    return method.answer(asker, call);
  }

  private void refuse(ClientSession session, long messageId, String method, int code, String text) {
    world.calls().refused(Plane.MTPROTO, method, code + " " + text);
    session.refuse(messageId, code, text);
  }

  private TlCodec codec(int layer) {
    return codecs.computeIfAbsent(layer, wanted -> new TlCodec(SCHEMA, wanted));
  }

  private static boolean slept(Duration time) {
    try {
      Thread.sleep(time);
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
