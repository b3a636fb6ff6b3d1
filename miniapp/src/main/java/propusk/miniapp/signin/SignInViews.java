package propusk.miniapp.signin;

import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import propusk.domain.account.Account;
import propusk.domain.account.AccountId;
import propusk.domain.account.Accounts;
import propusk.domain.signin.Asked;
import propusk.domain.signin.BrowserProof;
import propusk.domain.signin.SignIn;
import propusk.domain.signin.SignInId;
import propusk.domain.signin.SignInState.Approved;
import propusk.domain.signin.SignInState.Ended;
import propusk.domain.signin.SignInState.Exchanged;
import propusk.domain.signin.SignIns;
import propusk.miniapp.edge.UserJson;
import propusk.miniapp.push.PushMessage;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/// What the browser that began a sign-in is told of it, by events and by asking: the same JSON. It
/// tells that the sign-in may be exchanged; only the exchange lets in.
final class SignInViews {
  private final Jdbi jdbi;
  private final SignIns signIns;
  private final Accounts accounts;
  private final ObjectMapper json;
  private final InstantSource clock;

  SignInViews(SignInWay.Parts parts) {
    jdbi = parts.jdbi();
    signIns = parts.signIns();
    accounts = parts.accounts();
    json = parts.json();
    clock = parts.clock();
  }

  /// For anybody else there is nothing.
  ObjectNode none() {
    return json.createObjectNode().put("authorized", false).put("status", "not_found");
  }

  Optional<SignIn> find(SignInId id, Optional<BrowserProof> proof) {
    return proof.flatMap(shown -> jdbi.withHandle(handle -> signIns.inspect(handle, id, shown)));
  }

  ObjectNode view(SignIn signIn) {
    var person = person(signIn);
    return view(signIn, person.map(id -> jdbi.withHandle(handle -> accounts.get(handle, id))));
  }

  /// What is true now of many at once, for each that may be seen.
  Map<Asked, PushMessage> messages(Collection<Asked> asked) {
    return jdbi.withHandle(handle -> {
      var seen = signIns.inspect(handle, asked);
      var ids = seen.values().stream().flatMap(signIn -> person(signIn).stream()).toList();
      var people = ids.isEmpty() ? Map.<AccountId, Account>of() : accounts.get(handle, ids);
      var messages = new HashMap<Asked, PushMessage>();
      seen.forEach((each, signIn) -> {
        var person = person(signIn).map(people::get);
        messages.put(each, message(signIn, view(signIn, person)));
      });
      return messages;
    });
  }

  /// Who may be named to the browser: whoever let it in.
  private static Optional<AccountId> person(SignIn signIn) {
    return isIn(signIn) ? signIn.state().account() : Optional.empty();
  }

  private static boolean isIn(SignIn signIn) {
    return signIn.state() instanceof Approved || signIn.state() instanceof Exchanged;
  }

  private ObjectNode view(SignIn signIn, Optional<Account> person) {
    long left = signIn.deadline().getEpochSecond() - clock.instant().getEpochSecond();
    var view =
        json.createObjectNode()
            .put("authorized", isIn(signIn))
            .put("status", signIn.state().phase())
            .put("version", signIn.version())
            .put("number", signIn.number())
            .put("expires_in", Math.max(0, left));
    person.ifPresent(account -> view.set("user", UserJson.of(json, account)));
    if (signIn.state() instanceof Ended) {
      view.putObject("end").put("code", signIn.state().phase());
    }
    return view;
  }

  private static PushMessage message(SignIn signIn, ObjectNode view) {
    // The unnamed event, as `EventSource.onmessage` hears it.
    return new PushMessage(
        "message", signIn.version(), view.toString(), signIn.state() instanceof Ended);
  }
}
