package propusk.miniapp.register;

import propusk.domain.registration.Registration;
import propusk.domain.registration.RegistrationState;
import propusk.miniapp.push.PushMessage;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/// A registration as JSON, the same for `check-status`, the page's status and its events.
final class RegisterViews {
  private final ObjectMapper json;
  private final RegisterDoor door;

  RegisterViews(ObjectMapper json, RegisterDoor door) {
    this.json = json;
    this.door = door;
  }

  ObjectNode view(Registration registration) {
    var view =
        json.createObjectNode()
            .put("status", status(registration.state()))
            .put("version", registration.version())
            .put("expires_in", live(registration) ? door.secondsUntil(registration.deadline()) : 0);
    if (registration.state() instanceof RegistrationState.CodeSent(_, int tries, _, var again)) {
      view.put("tries_left", tries).put("resend_in", door.secondsUntil(again));
    }
    door.masked(registration).ifPresent(masked -> view.put("phone", masked));
    registration.customer().ifPresent(customer -> view.put("customerId", customer.value()));
    if (!live(registration)) {
      view.putObject("end").put("code", status(registration.state()));
    }
    return view;
  }

  PushMessage message(Registration registration) {
    return new PushMessage(
        "registration", registration.version(), view(registration).toString(), !live(registration));
  }

  private static boolean live(Registration registration) {
    return registration.live();
  }

  /// The words of the first version: an opened link is not worth one of its own.
  private static String status(RegistrationState state) {
    return state instanceof RegistrationState.Asked ? "pending" : state.phase();
  }
}
