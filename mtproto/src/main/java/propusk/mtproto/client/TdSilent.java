package propusk.mtproto.client;

import java.io.Serial;

/// TDLib did not answer, or a state did not come, within its deadline.
public final class TdSilent extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  TdSilent(String what) {
    super("TDLib was silent on " + what);
  }
}
