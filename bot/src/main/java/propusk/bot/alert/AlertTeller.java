package propusk.bot.alert;

import com.pengrad.telegrambot.request.SendMessage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import propusk.bot.api.RequestForm;
import propusk.bot.command.Texts;
import propusk.domain.account.Account;
import propusk.domain.account.Accounts;
import propusk.domain.account.Language;
import propusk.domain.account.TelegramUserId;
import propusk.domain.alert.Alert;
import propusk.domain.alert.Alerts;
import propusk.domain.outbox.Outbox;
import propusk.domain.outbox.OutboxMessage;
import propusk.domain.outbox.Priority;
import propusk.domain.session.TelegramSession;
import propusk.domain.session.TelegramSessionId;
import propusk.domain.session.TelegramSessions;
import propusk.domain.time.Sweeper;

/// Tells the admins what the operator must know: each incident once, several in one message, in the
/// admin's language where we know it. Every process may run it; one tells.
public final class AlertTeller implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AlertTeller.class);
  private static final Duration HEARTBEAT = Duration.ofSeconds(5);
  private static final int LINES = 10;

  private final Parts parts;
  private final Sweeper sweeper;

  /// What it stands on.
  ///
  /// @param botId the bot whose chat tells
  /// @param admins who is told; each must have started the bot
  public record Parts(
      Jdbi jdbi,
      Alerts alerts,
      Accounts accounts,
      TelegramSessions sessions,
      Outbox outbox,
      Texts texts,
      long botId,
      List<TelegramUserId> admins) {}

  public AlertTeller(Parts parts) {
    this.parts = parts;
    sweeper = new Sweeper(parts.jdbi(), "alerts", HEARTBEAT, this::tell);
  }

  public void start() {
    sweeper.start();
  }

  /// There may be something to tell.
  public void wake() {
    sweeper.wake();
  }

  @Override
  public void close() {
    sweeper.close();
  }

  private int tell(Handle handle) {
    var untold = parts.alerts().takeUntold(handle, LINES);
    if (untold.isEmpty()) {
      return 0;
    }
    for (var admin : parts.admins()) {
      var language = parts.accounts().find(handle, admin).map(Account::language);
      var text = text(handle, language.orElse(Language.EN), untold);
      var request = RequestForm.write(new SendMessage(admin.value(), text));
      parts
          .outbox()
          .send(handle, new OutboxMessage(parts.botId(), admin.value(), Priority.NOTICE, request));
    }
    LOG.info("event=alerts_told alerts={} admins={}", untold.size(), parts.admins().size());
    return untold.size();
  }

  private String text(Handle handle, Language language, List<Alert> alerts) {
    var text = new StringBuilder(parts.texts().say(language, "alert"));
    for (var alert : alerts) {
      text.append("\n\n").append(line(handle, language, alert));
    }
    return text.toString();
  }

  private String line(Handle handle, Language language, Alert alert) {
    var key = "alert." + alert.kind().code();
    return switch (alert.kind()) {
      case SESSION_REVOKED,
          SESSION_DEACTIVATED,
          SESSION_DUPLICATED,
          SESSION_DAMAGED,
          SESSION_QUARANTINED ->
          parts.texts().say(language, key, Map.of("person", person(handle, alert)));
      case WEBHOOK_CHANGED, WEBHOOK_FAILING ->
          parts.texts().say(language, key, Map.of("bot", alert.subject(), "times", alert.seen()));
      case API_REJECTED, RUN_BROKEN ->
          parts.texts().say(language, key, Map.of("times", alert.seen()));
    };
  }

  /// The Telegram id is what an operator looks a person up by; empty once their data are deleted.
  private String person(Handle handle, Alert alert) {
    return parts
        .sessions()
        .find(handle, new TelegramSessionId(alert.subject()))
        .map(TelegramSession::telegramId)
        .map(id -> Long.toString(id.value()))
        .orElse("—");
  }
}
