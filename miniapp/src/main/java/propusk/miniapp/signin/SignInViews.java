package propusk.miniapp.signin;

import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import propusk.domain.account.Accounts;
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
    boolean in = signIn.state() instanceof Approved || signIn.state() instanceof Exchanged;
    long left = signIn.deadline().getEpochSecond() - clock.instant().getEpochSecond();
    var view =
        json.createObjectNode()
            .put("authorized", in)
            .put("status", signIn.state().phase())
            .put("version", signIn.version())
            .put("number", signIn.number())
            .put("expires_in", Math.max(0, left));
    if (in) {
      var id = signIn.state().account().orElseThrow();
      view.set("user", UserJson.of(json, jdbi.withHandle(handle -> accounts.get(handle, id))));
    }
    if (signIn.state() instanceof Ended) {
      view.putObject("end").put("code", signIn.state().phase());
    }
    return view;
  }

  PushMessage message(SignIn signIn) {
    // The unnamed event, as `EventSource.onmessage` hears it.
    return new PushMessage(
        "message", signIn.version(), view(signIn).toString(), signIn.state() instanceof Ended);
  }
}
