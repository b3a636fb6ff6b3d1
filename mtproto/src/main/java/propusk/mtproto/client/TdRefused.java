package propusk.mtproto.client;

import java.io.Serial;

/// A request was answered with an error.
public final class TdRefused extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  private final transient TdError error;

  TdRefused(String request, TdError error) {
    super(request + " was refused: " + error);
    this.error = error;
  }

  public TdError error() {
    return error;
  }
}
