package propusk.mtproto.client;

import java.io.Serial;

/// A client does not close, so its files cannot be trusted or touched: only the end of the process
/// helps.
public final class TdHung extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  TdHung() {
    super("TDLib does not close a client");
  }
}
