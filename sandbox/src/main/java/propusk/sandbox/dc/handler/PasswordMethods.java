package propusk.sandbox.dc.handler;

import static propusk.sandbox.dc.crypto.Octets.cut;
import static propusk.sandbox.dc.crypto.Octets.ofLong;

import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import propusk.sandbox.dc.crypto.DiffieHellman;
import propusk.sandbox.dc.crypto.Digests;
import propusk.sandbox.dc.crypto.PasswordCheck;
import propusk.sandbox.dc.crypto.PasswordCheck.Verifier;
import propusk.sandbox.dc.handler.Method.Asker;
import propusk.sandbox.dc.login.Authorizations;
import propusk.sandbox.dc.login.WrongPasswords;
import propusk.sandbox.dc.schema.TlObject;
import propusk.sandbox.world.Person;
import propusk.sandbox.world.World;

/// `account.getPassword` and `auth.checkPassword`: the second step of a login.
///
/// See <https://core.telegram.org/api/srp>.
final class PasswordMethods {
  private static final String ALGORITHM =
      "passwordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow";
  private static final String SECURE_ALGORITHM = "securePasswordKdfAlgoPBKDF2HMACSHA512iter100000";

  private final Authorizations authorizations;
  private final WrongPasswords wrong;
  private final SecureRandom random;
  private final ConcurrentHashMap<Person, Verifier> verifiers = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<Long, Check> checks = new ConcurrentHashMap<>();

  private record Check(long id, PasswordCheck srp) {}

  PasswordMethods(World world, Authorizations authorizations, SecureRandom random) {
    this.authorizations = authorizations;
    this.wrong = new WrongPasswords(world);
    this.random = random;
    world.onReset(checks::clear);
  }

  Map<String, Method> table() {
    return Map.of(
        "account.getPassword", (asker, _) -> password(asker), "auth.checkPassword", this::check);
  }

  private TlObject password(Asker asker) throws RpcException {
    var person =
        authorizations
            .expectedPersonOf(asker.key())
            .or(() -> authorizations.personOf(asker.key()))
            .orElseThrow(() -> new RpcException(401, "AUTH_KEY_UNREGISTERED"));
    var password = withoutPassword();
    verifierOf(person).ifPresent(verifier -> begin(asker, verifier, password));
    person.hint().ifPresent(hint -> password.fields().put("hint", hint));
    return password;
  }

  /// A right password lets the client in; a wrong one leaves it where it is.
  private TlObject check(Asker asker, TlObject call) throws RpcException {
    var given = call.object("password");
    var check = checks.get(asker.key().id());
    if (check == null || !given.has("srp_id") || given.big("srp_id") != check.id()) {
      throw new RpcException(400, "SRP_ID_INVALID");
    }
    var owner = authorizations.expectedPersonOf(asker.key());
    if (owner.filter(wrong::areTooMany).isPresent()) {
      throw new RpcException(406, "PHONE_PASSWORD_FLOOD");
    }
    if (!check.srp().proves(given.bytes("A"), given.bytes("M1"))) {
      owner.ifPresent(wrong::count);
      throw new RpcException(400, "PASSWORD_HASH_INVALID");
    }
    checks.remove(asker.key().id());
    return authorizations
        .complete(asker.key())
        .map(PersonView::authorization)
        .orElseThrow(() -> new RpcException(401, "AUTH_KEY_UNREGISTERED"));
  }

  private void begin(Asker asker, Verifier verifier, TlObject password) {
    var check = new Check(random.nextLong(), new PasswordCheck(verifier, random));
    checks.put(asker.key().id(), check);
    var fields = password.fields();
    fields.put("has_password", true);
    fields.put("current_algo", algorithm(verifier.salt1(), verifier.salt2()));
    fields.put("srp_B", check.srp().ours());
    fields.put("srp_id", check.id());
  }

  private TlObject withoutPassword() {
    var noise = new byte[256];
    random.nextBytes(noise);
    return TlObject.of(
        "account.password",
        "new_algo",
        algorithm(cut(noise, 0, 8), cut(noise, 8, 16)),
        "new_secure_algo",
        TlObject.of(SECURE_ALGORITHM, "salt", cut(noise, 24, 8)),
        "secure_random",
        noise);
  }

  /// The salts are made from the person's id, so that they stay when the sandbox is restarted.
  private Optional<Verifier> verifierOf(Person person) {
    return person
        .password()
        .map(password ->
            verifiers.computeIfAbsent(
                person,
                _ -> {
                  var salts = Digests.sha256(ofLong(person.id()));
                  return new Verifier(password, cut(salts, 0, 16), cut(salts, 16, 16));
                }));
  }

  private static TlObject algorithm(byte[] salt1, byte[] salt2) {
    return TlObject.of(
        ALGORITHM,
        "salt1",
        salt1,
        "salt2",
        salt2,
        "g",
        DiffieHellman.G,
        "p",
        DiffieHellman.prime());
  }
}
