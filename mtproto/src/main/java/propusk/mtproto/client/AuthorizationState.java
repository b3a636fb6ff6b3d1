package propusk.mtproto.client;

import java.util.Optional;
import propusk.domain.seal.Secret;
import tools.jackson.databind.JsonNode;

/// Where a client stands on its way to being authorized.
///
/// See
/// [AuthorizationState](https://core.telegram.org/tdlib/docs/classtd_1_1td__api_1_1_authorization_state.html).
public sealed interface AuthorizationState {
  record WaitTdlibParameters() implements AuthorizationState {}

  /// Nobody is logged in here; TDLib is connecting meanwhile.
  record WaitPhoneNumber() implements AuthorizationState {}

  /// Somebody must scan this link. TDLib sends a new one at every expiry, without saying when that
  /// is.
  record WaitOtherDeviceConfirmation(Secret link) implements AuthorizationState {}

  record WaitPassword(Optional<String> hint) implements AuthorizationState {}

  /// @param via `telegram`, `sms`, `call` or `other`
  /// @param length how many digits; 0 when they are not told
  record WaitCode(String via, int length) implements AuthorizationState {}

  /// The number belongs to nobody: Telegram would make an account.
  record WaitRegistration() implements AuthorizationState {}

  /// Something else is wanted before the account lets anybody in: an address, a purchase.
  record WaitOther(String type) implements AuthorizationState {}

  record Ready() implements AuthorizationState {}

  record LoggingOut() implements AuthorizationState {}

  record Closing() implements AuthorizationState {}

  /// The last state: the files are free, no further update comes.
  record Closed() implements AuthorizationState {}

  static AuthorizationState read(JsonNode state) {
    var type = state.path("@type").asString("");
    return switch (type) {
      case "authorizationStateWaitTdlibParameters" -> new WaitTdlibParameters();
      case "authorizationStateWaitPhoneNumber" -> new WaitPhoneNumber();
      case "authorizationStateWaitOtherDeviceConfirmation" ->
          new WaitOtherDeviceConfirmation(new Secret(state.path("link").asString()));
      case "authorizationStateWaitPassword" ->
          new WaitPassword(
              Optional.of(state.path("password_hint").asString("")).filter(h -> !h.isEmpty()));
      case "authorizationStateWaitCode" -> code(state.path("code_info").path("type"));
      case "authorizationStateWaitRegistration" -> new WaitRegistration();
      case "authorizationStateReady" -> new Ready();
      case "authorizationStateLoggingOut" -> new LoggingOut();
      case "authorizationStateClosing" -> new Closing();
      case "authorizationStateClosed" -> new Closed();
      default -> new WaitOther(type);
    };
  }

  /// See
  /// [AuthenticationCodeType](https://core.telegram.org/tdlib/docs/classtd_1_1td__api_1_1_authentication_code_type.html).
  private static WaitCode code(JsonNode type) {
    var via =
        switch (type.path("@type").asString("")) {
          case "authenticationCodeTypeTelegramMessage" -> "telegram";
          case "authenticationCodeTypeSms",
              "authenticationCodeTypeSmsWord",
              "authenticationCodeTypeSmsPhrase" ->
              "sms";
          case "authenticationCodeTypeCall",
              "authenticationCodeTypeFlashCall",
              "authenticationCodeTypeMissedCall" ->
              "call";
          default -> "other";
        };
    return new WaitCode(via, type.path("length").asInt(0));
  }
}
