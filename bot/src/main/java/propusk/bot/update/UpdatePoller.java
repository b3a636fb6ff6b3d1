package propusk.bot.update;

import java.time.Duration;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import propusk.bot.api.Answer;
import propusk.bot.api.BotApi;
import propusk.bot.api.Polled;
import propusk.domain.inbox.Inbox;

/// Long polling of one bot: updates are committed to the inbox before the next poll confirms them,
/// so a crash repeats a batch and never loses one. Runs on the thread that calls [#run].
public final class UpdatePoller implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(UpdatePoller.class);
  private static final Duration POLL = Duration.ofSeconds(50);
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

  private final long botId;
  private final BotApi api;
  private final Jdbi jdbi;
  private final Inbox inbox;
  private final Runnable stored;
  private final Runnable conflict;
  private Duration pause = SHORTEST_PAUSE;

  /// @param stored called after each commit
  /// @param conflict called when Telegram refuses a poll: somebody else polls, or there is a
  ///   webhook
  public UpdatePoller(
      long botId, BotApi api, Jdbi jdbi, Inbox inbox, Runnable stored, Runnable conflict) {
    this.botId = botId;
    this.api = api;
    this.jdbi = jdbi;
    this.inbox = inbox;
    this.stored = stored;
    this.conflict = conflict;
  }

  /// Polls until the thread is interrupted.
  @Override
  public void run() {
    long offset = 0;
    while (!Thread.currentThread().isInterrupted()) {
      switch (api.poll(offset, POLL)) {
        case Polled.Updates batch -> {
          if (stored(batch)) {
            offset = batch.next();
          }
        }
        case Polled.Failed(var answer) -> failed(answer);
      }
    }
  }

  private boolean stored(Polled.Updates batch) {
    try {
      if (!batch.updates().isEmpty()) {
        int count = jdbi.inTransaction(handle -> inbox.store(handle, botId, batch.updates()));
        stored.run();
        LOG.debug(
            "event=updates_stored bot={} received={} new={}", botId, batch.updates().size(), count);
      }
      pause = SHORTEST_PAUSE;
      return true;
    } catch (JdbiException e) {
      LOG.warn("event=updates_not_stored bot={} reason={}", botId, e.getClass().getSimpleName());
      rest(pause);
      return false;
    }
  }

  private void failed(Answer answer) {
    if (Thread.currentThread().isInterrupted()) {
      return;
    }
    switch (answer) {
      case Answer.Flood(var retryAfter) -> rest(retryAfter);
      case Answer.Conflict() -> {
        LOG.warn("event=poll_conflict bot={}", botId);
        conflict.run();
        rest(pause);
      }
      case Answer.TokenRefused() -> {
        LOG.error("event=token_refused bot={}", botId);
        rest(LONGEST_PAUSE);
      }
      case Answer.Unavailable(var reason) -> {
        LOG.warn("event=poll_failed bot={} reason={}", botId, reason);
        rest(pause);
      }
      case Answer.Blocked(), Answer.Refused(_), Answer.Taken() -> {
        LOG.warn("event=poll_refused bot={}", botId);
        rest(pause);
      }
    }
  }

  /// Each pause in a row is twice the one before.
  private void rest(Duration time) {
    var doubled = pause.multipliedBy(2);
    pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
