package propusk.sandbox.control;

import java.util.Optional;

/// A request of the control API that cannot be met: `{"error":{"code":…,"message":…}}`.
final class ControlError extends RuntimeException {
  private final int status;
  private final String code;
  private final transient Optional<LinkRefusal> link;

  private ControlError(int status, String code, String message, Optional<LinkRefusal> link) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
    this.link = link;
  }

  static ControlError badRequest(String message) {
    return new ControlError(400, "bad_request", message, Optional.empty());
  }

  static ControlError notFound(String message) {
    return new ControlError(404, "not_found", message, Optional.empty());
  }

  static ControlError of(LinkRefusal refusal) {
    return new ControlError(422, refusal.code(), refusal.english(), Optional.of(refusal));
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }

  Optional<LinkRefusal> link() {
    return link;
  }
}
