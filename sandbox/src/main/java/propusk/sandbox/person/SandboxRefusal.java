package propusk.sandbox.person;

import tools.jackson.databind.JsonNode;

/// The control API said no: an unknown user, an old link.
public final class SandboxRefusal extends RuntimeException {
  private final int status;
  private final String code;

  private SandboxRefusal(int status, String code, String message) {
    super(status + " " + code + ": " + message);
    this.status = status;
    this.code = code;
  }

  static SandboxRefusal of(int status, JsonNode json) {
    var error = json.path("error");
    return new SandboxRefusal(
        status, error.path("code").asString("error"), error.path("message").asString(""));
  }

  public int status() {
    return status;
  }

  /// Such as `old_code`, `not_a_login_link`, `real_telegram`, `not_found`, `bad_request`.
  public String code() {
    return code;
  }
}
