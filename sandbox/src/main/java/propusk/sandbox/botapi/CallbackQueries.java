package propusk.sandbox.botapi;

import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import propusk.sandbox.world.Shelf;
import propusk.sandbox.world.World;

/// Presses of callback buttons that wait for an answer, and the latest answers.
final class CallbackQueries {
  private static final int KEPT_ANSWERS = 200;
  private static final long ANSWERABLE_SECONDS = 15 * 60;

  /// A press that the bot has not answered.
  record Pending(String id, long botId, long personId, long date) {}

  private final Shelf<String, Pending> pending;
  private final World world;
  private final SecureRandom random;
  private final ChangeFeed feed;
  private final Deque<CallbackAnswer> answers = new ArrayDeque<>();

  CallbackQueries(World world, SecureRandom random, ChangeFeed feed) {
    this.world = world;
    this.pending = world.shelf("callback_query", String.class, Pending.class);
    this.random = random;
    this.feed = feed;
  }

  String pressed(SandboxBot bot, long personId) {
    var id = Long.toString(random.nextLong(1, Long.MAX_VALUE));
    pending.put(id, new Pending(id, bot.id(), personId, now()));
    return id;
  }

  /// Shows the bot's answer to the person; a press is answered once and within a while.
  synchronized void answer(SandboxBot bot, String id, String text, boolean alert) {
    if (text.codePointCount(0, text.length()) > 200) {
      throw BotApiError.badRequest("MESSAGE_TOO_LONG");
    }
    var press =
        pending
            .find(id)
            .filter(found -> found.botId() == bot.id())
            .filter(found -> found.date() >= now() - ANSWERABLE_SECONDS)
            .orElseThrow(() ->
                BotApiError.badRequest(
                    "query is too old and response timeout expired or query ID is invalid"));
    pending.remove(id);
    if (answers.size() == KEPT_ANSWERS) {
      answers.removeFirst();
    }
    answers.addLast(new CallbackAnswer(id, bot.id(), press.personId(), text, alert));
    feed.answered(bot.id(), press.personId(), text, alert);
  }

  synchronized List<CallbackAnswer> answers(long botId, long personId) {
    return answers.stream()
        .filter(answer -> answer.botId() == botId && answer.personId() == personId)
        .toList();
  }

  private long now() {
    return world.clock().instant().getEpochSecond();
  }
}
