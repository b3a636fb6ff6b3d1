package propusk.bot.command;

import com.pengrad.telegrambot.model.request.InlineKeyboardButton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import propusk.domain.account.Account;
import propusk.domain.account.Accounts;
import propusk.domain.account.TelegramUserId;
import propusk.domain.audit.Actor;
import propusk.domain.audit.Audit;
import propusk.domain.deletion.Deletions;

/// `/debug_reset [ID]`: erases all data of one account, as `/delete_me` does, once the admin has
/// confirmed. The person is told in their own chat.
final class DebugResetCommand {
  private static final Duration QUESTION_LIFE = Duration.ofMinutes(15);

  private final Accounts accounts;
  private final Deletions deletions;
  private final Audit audit;
  private final Texts texts;
  private final InstantSource clock;

  DebugResetCommand(AdminCommands.Parts parts, Audit audit) {
    this.accounts = parts.accounts();
    this.deletions = parts.deletions();
    this.texts = parts.texts();
    this.clock = parts.clock();
    this.audit = audit;
  }

  Reply ask(Handle handle, Account admin, String argument) {
    var id = DebugStatusCommand.subject(admin, argument);
    if (id.isEmpty()) {
      return say(admin, "debug.reset.usage", Map.of());
    }
    var account = accounts.find(handle, id.get());
    if (account.isEmpty()) {
      return noAccount(admin, id.get());
    }
    var button = new Button.ResetAccount(id.get().value(), clock.instant().getEpochSecond()).data();
    return new Reply(
        texts.say(admin.language(), "debug.reset.confirm", named(account.get())),
        List.of(
            new InlineKeyboardButton(texts.say(admin.language(), "debug.reset.yes"))
                .callbackData(button),
            new InlineKeyboardButton(texts.say(admin.language(), "debug.reset.no"))
                .callbackData(new Button.KeepAccount().data())));
  }

  /// Confirmed.
  Reply reset(Handle handle, Account admin, long botId, Button.ResetAccount button) {
    var age = Duration.between(Instant.ofEpochSecond(button.askedAt()), clock.instant());
    if (age.abs().compareTo(QUESTION_LIFE) > 0) {
      return say(admin, "debug.reset.old_question", Map.of());
    }
    var id = new TelegramUserId(button.telegramId());
    var account = accounts.find(handle, id);
    if (account.isEmpty()) {
      return noAccount(admin, id);
    }
    audit.record(
        handle, Actor.admin(admin.telegramId()), "account_reset", "telegram:" + id.value());
    deletions.request(handle, account.get(), botId, id.value());
    return say(admin, "debug.reset.begun", named(account.get()));
  }

  Reply keep(Account admin) {
    return say(admin, "debug.reset.kept", Map.of());
  }

  private Reply noAccount(Account admin, TelegramUserId id) {
    return say(admin, "debug.no_account", Map.of("id", Long.toString(id.value())));
  }

  private static Map<String, String> named(Account account) {
    return Map.of("name", account.fullName(), "id", Long.toString(account.telegramId().value()));
  }

  private Reply say(Account admin, String key, Map<String, ?> values) {
    return Reply.of(texts.say(admin.language(), key, values));
  }
}
