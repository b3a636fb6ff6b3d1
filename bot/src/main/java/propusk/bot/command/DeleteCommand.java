package propusk.bot.command;

import com.pengrad.telegrambot.model.request.InlineKeyboardButton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import propusk.domain.account.Account;
import propusk.domain.deletion.Deletions;
import propusk.domain.session.TelegramSessions;
import propusk.domain.subscription.Subscriptions;

/// `/delete_me`: names what will be erased, and erases it once the person has confirmed.
final class DeleteCommand {
  /// An older question is asked anew: a forgotten button must not erase anything.
  private static final Duration QUESTION_LIFE = Duration.ofMinutes(15);

  private final Deletions deletions;
  private final TelegramSessions sessions;
  private final Subscriptions subscriptions;
  private final Texts texts;
  private final InstantSource clock;

  DeleteCommand(
      Deletions deletions,
      TelegramSessions sessions,
      Subscriptions subscriptions,
      Texts texts,
      InstantSource clock) {
    this.deletions = deletions;
    this.sessions = sessions;
    this.subscriptions = subscriptions;
    this.texts = texts;
    this.clock = clock;
  }

  /// What every command is answered while it goes on; empty when nothing is being erased.
  Optional<Reply> underWay(Handle handle, Account account) {
    return deletions
        .pending(handle, account.id())
        .map(since -> Texts.moment(account.language(), since, clock.instant()))
        .map(since -> texts.say(account.language(), "delete.under_way", Map.of("at", since)))
        .map(Reply::of);
  }

  Reply ask(Handle handle, Account account) {
    var language = account.language();
    List<String> lines = new ArrayList<>();
    if (sessions.latest(handle, account.id()).isPresent()) {
      lines.add(texts.say(language, "delete.what.session"));
    }
    subscriptions
        .find(handle, account.id())
        .map(held -> Map.of("plan", held.plan().name()))
        .ifPresent(plan -> lines.add(texts.say(language, "delete.what.subscription", plan)));
    lines.add(texts.say(language, "delete.what.person"));
    lines.add(texts.say(language, "delete.what.history"));
    return new Reply(
        texts.say(language, "delete.confirm", Map.of("what", String.join("\n", lines))),
        List.of(
            button(account, "delete.yes", new Button.DeleteData(clock.instant().getEpochSecond())),
            button(account, "delete.no", new Button.KeepData())));
  }

  /// Confirmed.
  Reply delete(Handle handle, Account account, long botId, long chatId, long askedAt) {
    var age = Duration.between(Instant.ofEpochSecond(askedAt), clock.instant());
    // Nobody asked in the future: such a button is not ours.
    if (age.abs().compareTo(QUESTION_LIFE) > 0) {
      return say(account, "delete.old_question");
    }
    deletions.request(handle, account, botId, chatId);
    return say(account, "delete.begun");
  }

  Reply keep(Account account) {
    return say(account, "delete.kept");
  }

  private InlineKeyboardButton button(Account account, String key, Button button) {
    return new InlineKeyboardButton(texts.say(account.language(), key)).callbackData(button.data());
  }

  private Reply say(Account account, String key) {
    return Reply.of(texts.say(account.language(), key));
  }
}
