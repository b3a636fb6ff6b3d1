package propusk.bot.sending;

import java.time.Duration;
import java.time.Instant;

/// Telegram's 429 does not say whether one chat or the whole bot is too fast. One chat's 429 rests
/// that chat; a second chat's within a few seconds rests the bot. Safe for use by many threads.
final class FloodWatch {
  private static final Duration TOGETHER = Duration.ofSeconds(3);

  private long lastChat;
  private Instant lastSeen = Instant.EPOCH;
  private Instant until = Instant.EPOCH;

  /// @param everyone whether the answer is known to concern all chats
  synchronized void seen(long chatId, Instant now, Instant wait, boolean everyone) {
    boolean together = chatId != lastChat && lastSeen.plus(TOGETHER).isAfter(now);
    if ((everyone || together) && wait.isAfter(until)) {
      until = wait;
    }
    lastChat = chatId;
    lastSeen = now;
  }

  /// How long the whole bot must rest.
  synchronized Duration pause(Instant now) {
    return until.isAfter(now) ? Duration.between(now, until) : Duration.ZERO;
  }
}
