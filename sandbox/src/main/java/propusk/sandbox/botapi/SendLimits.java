package propusk.sandbox.botapi;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/// How fast a bot may send: 1 message a second to a chat after a short burst, 20 a minute to a
/// group, 30 a second to all.
///
/// Judged by the machine's monotonic clock, so that skipping the world's time changes nothing.
///
/// @see <a href="https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this">
///   the limits</a>
final class SendLimits {
  private static final int CHAT_BURST = 5;
  private static final double CHAT_PER_SECOND = 1;
  private static final double GROUP_PER_SECOND = 15 / 60.0;
  private static final int ALL_BURST = 30;
  private static final double ALL_PER_SECOND = 30;

  private static final class Bucket {
    private final int capacity;
    private final double perSecond;
    private double level;
    private long filledAt;

    Bucket(int capacity, double perSecond, long now) {
      this.capacity = capacity;
      this.perSecond = perSecond;
      this.level = capacity;
      this.filledAt = now;
    }

    double secondsToWait(long now) {
      level = Math.min(capacity, level + (now - filledAt) / 1e9 * perSecond);
      filledAt = now;
      return level >= 1 ? 0 : (1 - level) / perSecond;
    }
  }

  private record Chat(long bot, long person) {}

  private final LongSupplier nanoTime;
  private final Map<Chat, Bucket> chats = new HashMap<>();
  private final Map<Long, Bucket> bots = new HashMap<>();
  private boolean on = true;

  SendLimits(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /// Takes one message's worth, or refuses with 429 and the seconds to wait.
  synchronized void take(long bot, long person) {
    if (!on) {
      return;
    }
    var now = nanoTime.getAsLong();
    var all = bots.computeIfAbsent(bot, _ -> new Bucket(ALL_BURST, ALL_PER_SECOND, now));
    var chat =
        chats.computeIfAbsent(
            new Chat(bot, person),
            key ->
                new Bucket(CHAT_BURST, key.person() < 0 ? GROUP_PER_SECOND : CHAT_PER_SECOND, now));
    var wait = Math.max(all.secondsToWait(now), chat.secondsToWait(now));
    if (wait > 0) {
      throw BotApiError.tooManyRequests((int) Math.ceil(wait));
    }
    all.level--;
    chat.level--;
  }

  synchronized void set(boolean limited) {
    on = limited;
    chats.clear();
    bots.clear();
  }

  synchronized boolean on() {
    return on;
  }
}
