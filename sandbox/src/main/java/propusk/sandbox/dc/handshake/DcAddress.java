package propusk.sandbox.dc.handshake;

import java.util.Optional;

/// The number by which a client addresses a data centre: below 0 for its media servers, from 10,001
/// on for those of the test environment.
///
/// See <https://core.telegram.org/mtproto/mtproto-transports#transport-obfuscation>.
public final class DcAddress {
  private static final int MOST = 5;
  private static final int TEST = 10_000;

  private DcAddress() {}

  /// The data centre, 1 to 5; empty for any other number, such as the noise of a client that
  /// addresses none.
  public static Optional<Integer> parse(int address) {
    int number = Math.abs(address);
    int dc = number > TEST ? number - TEST : number;
    return dc >= 1 && dc <= MOST ? Optional.of(dc) : Optional.empty();
  }
}
