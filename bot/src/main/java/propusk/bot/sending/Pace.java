package propusk.bot.sending;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// How fast one bot may send: [about 30 a second to all and one a second to a
/// chat](https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this). We stay
/// below, and let a chat have three at once; a group has 20 a minute. Used by one thread.
final class Pace {
  private static final int PER_SECOND = 25;
  private static final int AT_ONCE = 5;
  private static final int CHAT_AT_ONCE = 3;

  /// With those at once: 20 in any minute.
  private static final int GROUP_PER_MINUTE = 17;

  private static final int REMEMBERED_CHATS = 1_000;
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final TimeMeter meter;
  private final Bucket bot;
  private final Map<Long, Bucket> chats = new HashMap<>();

  Pace(InstantSource clock) {
    this.meter = new Meter(clock);
    this.bot = bucket(AT_ONCE, PER_SECOND, SECOND);
  }

  /// How long this chat must rest before its next message; zero: not at all.
  Duration chatRest(long chatId) {
    return rest(chat(chatId));
  }

  /// How long the whole bot must rest before its next message.
  Duration botRest() {
    return rest(bot);
  }

  /// How many messages the bot may send at once now.
  int botRoom() {
    return Math.toIntExact(bot.getAvailableTokens());
  }

  /// A message for this chat is on its way.
  void sending(long chatId) {
    chat(chatId).tryConsume(1);
    bot.tryConsume(1);
  }

  private Bucket chat(long chatId) {
    if (chats.size() > REMEMBERED_CHATS) {
      chats.values().removeIf(chat -> chat.getAvailableTokens() == CHAT_AT_ONCE);
    }
    return chats.computeIfAbsent(
        chatId,
        id ->
            isGroup(id)
                ? bucket(CHAT_AT_ONCE, GROUP_PER_MINUTE, MINUTE)
                : bucket(CHAT_AT_ONCE, 1, SECOND));
  }

  /// Ids of groups and channels are below zero.
  private static boolean isGroup(long chatId) {
    return chatId < 0;
  }

  private Bucket bucket(int atOnce, int amount, Duration time) {
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(atOnce).refillGreedy(amount, time))
        .withCustomTimePrecision(meter)
        .build();
  }

  private static Duration rest(Bucket bucket) {
    return Duration.ofNanos(bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill());
  }

  private record Meter(InstantSource clock) implements TimeMeter {
    @Override
    public long currentTimeNanos() {
      Instant now = clock.instant();
      return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }

    @Override
    public boolean isWallClockBased() {
      return true;
    }
  }
}
