package propusk.sandbox.dc.handler;

/// A method's refusal, as the client gets it in an `rpc_error`.
///
/// See <https://core.telegram.org/api/errors>.
final class RpcException extends Exception {
  private static final long serialVersionUID = 1;

  private final int code;

  /// A refusal with a text such as `AUTH_TOKEN_EXPIRED`.
  RpcException(int code, String text) {
    super(text);
    this.code = code;
  }

  int code() {
    return code;
  }

  String text() {
    return String.valueOf(getMessage());
  }
}
