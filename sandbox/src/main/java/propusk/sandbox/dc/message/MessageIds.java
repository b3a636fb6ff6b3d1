package propusk.sandbox.dc.message;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/// Gives the server's message ids: the time, ever growing, with the two lowest bits telling the
/// kind.
///
/// See <https://core.telegram.org/mtproto/description#message-identifier-msg-id>.
public final class MessageIds {
  private static final int ANSWER = 1;
  private static final int NOTICE = 3;

  private static final int TOO_LOW = 16;
  private static final int TOO_HIGH = 17;
  private static final int NOT_OF_A_CLIENT = 18;
  private static final int FINE = 0;

  private final InstantSource clock;
  private final AtomicLong last = new AtomicLong();

  public MessageIds(InstantSource clock) {
    this.clock = clock;
  }

  /// The id of an answer to a request.
  long forAnswer() {
    return next() | ANSWER;
  }

  /// The id of a message that the server sends by itself.
  long forNotice() {
    return next() | NOTICE;
  }

  /// What is wrong with a client's message id, as the code of a `bad_msg_notification`; 0 for
  /// nothing.
  ///
  /// See
  /// <https://core.telegram.org/mtproto/service_messages_about_messages#notice-of-ignored-error-message>.
  int complaint(long id) {
    if ((id & 3) != 0) {
      return NOT_OF_A_CLIENT;
    }
    long ahead = (id >>> Integer.SIZE) - clock.instant().getEpochSecond();
    if (ahead < -300) {
      return TOO_LOW;
    }
    return ahead > 30 ? TOO_HIGH : FINE;
  }

  private long next() {
    long now = of(clock.instant());
    return last.updateAndGet(before -> Math.max(now, before + 4));
  }

  private static long of(Instant time) {
    long fraction = ((long) time.getNano() << Integer.SIZE) / 1_000_000_000L;
    return ((time.getEpochSecond() << Integer.SIZE) | fraction) & ~3L;
  }
}
