package propusk.bot.command;

import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import propusk.domain.account.Account;
import propusk.domain.account.AccountPhones;
import propusk.domain.account.Accounts;
import propusk.domain.account.PhoneNumber;
import propusk.domain.account.TelegramUserId;
import propusk.domain.audit.Actor;
import propusk.domain.audit.Audit;
import propusk.domain.session.TelegramSession;
import propusk.domain.session.TelegramSessions;

/// `/debug_test_phone +7…`: whose number it is as far as we know, and whether Telegram answers on
/// that account's session. Telegram itself is not asked about the number: its only question for
/// that sends the person a login code.
final class DebugPhoneCommand {
  private final Accounts accounts;
  private final AccountPhones phones;
  private final TelegramSessions sessions;
  private final Audit audit;
  private final Texts texts;
  private final InstantSource clock;

  DebugPhoneCommand(AdminCommands.Parts parts, AccountPhones phones, Audit audit) {
    this.accounts = parts.accounts();
    this.phones = phones;
    this.sessions = parts.sessions();
    this.texts = parts.texts();
    this.clock = parts.clock();
    this.audit = audit;
  }

  Reply answer(Handle handle, Account admin, String argument) {
    var number = parse(argument);
    if (number.isEmpty()) {
      return say(admin, "debug.phone.usage", Map.of());
    }
    var holder = phones.holder(handle, number.get()).flatMap(id -> accounts.find(handle, id));
    audit.record(
        handle,
        Actor.admin(admin.telegramId()),
        "phone_tested",
        holder.map(Account::telegramId).map(DebugPhoneCommand::subject).orElse("unknown"));
    return holder
        .map(account -> known(handle, admin, number.get(), account))
        .orElseGet(() -> say(admin, "debug.phone.unknown", Map.of("phone", number.get().masked())));
  }

  private Reply known(Handle handle, Account admin, PhoneNumber number, Account account) {
    boolean asked = sessions.requestCheck(handle, account.id());
    var checked =
        sessions
            .findLive(handle, account.id())
            .flatMap(TelegramSession::checkedAt)
            .map(at -> Texts.moment(admin.language(), at, clock.instant()))
            .orElse("—");
    return say(
        admin,
        asked ? "debug.phone.live" : "debug.phone.no_session",
        Map.of(
            "phone", number.masked(),
            "id", Long.toString(account.telegramId().value()),
            "name", account.fullName(),
            "checked", checked));
  }

  /// As people write numbers: with spaces, hyphens and parentheses.
  private static Optional<PhoneNumber> parse(String text) {
    var bare = text.length() > 32 ? "" : text.replaceAll("[\\s()\\p{Pd}]", "");
    return bare.matches("\\+[1-9]\\d{6,14}")
        ? Optional.of(new PhoneNumber(bare))
        : Optional.empty();
  }

  private static String subject(TelegramUserId id) {
    return "telegram:" + id.value();
  }

  private Reply say(Account admin, String key, Map<String, ?> values) {
    return Reply.of(texts.say(admin.language(), key, values));
  }
}
