package propusk.miniapp.event;

import java.util.Optional;
import propusk.domain.signin.SignIn;
import propusk.domain.signin.SignInState;
import propusk.miniapp.push.PushMessage;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/// A sign-in as the page that waits on it gets it.
final class EventViews {
  private final ObjectMapper json;

  EventViews(ObjectMapper json) {
    this.json = json;
  }

  byte[] bytes(Optional<SignIn> found) {
    return json.writeValueAsBytes(
        found
            .map(this::view)
            .orElseGet(() -> json.createObjectNode().put("status", "not_found").put("version", 0)));
  }

  PushMessage message(SignIn signIn) {
    return new PushMessage("sign_in", signIn.version(), view(signIn).toString(), over(signIn));
  }

  private ObjectNode view(SignIn signIn) {
    var view =
        json.createObjectNode()
            .put("status", signIn.state().phase())
            .put("version", signIn.version());
    if (over(signIn)) {
      view.putObject("end").put("code", signIn.state().phase());
    }
    return view;
  }

  private static boolean over(SignIn signIn) {
    return signIn.state() instanceof SignInState.Ended;
  }
}
