package propusk.mtproto.login;

import java.io.Serial;

/// Another worker runs this login now: whatever we hold of it is not ours to touch.
final class ClaimLost extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  ClaimLost() {
    super("the claim was lost", null, false, false);
  }
}
