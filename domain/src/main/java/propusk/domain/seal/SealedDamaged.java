package propusk.domain.seal;

import java.io.Serial;

/// A sealed value does not open: it was changed, belongs to another row, or its key is not here.
public final class SealedDamaged extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  SealedDamaged(String message) {
    super(message);
  }
}
