package propusk.bot.command;

import com.pengrad.telegrambot.request.SetMyCommands;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import propusk.domain.account.Account;
import propusk.domain.account.AccountPhones;
import propusk.domain.account.Accounts;
import propusk.domain.account.TelegramUserId;
import propusk.domain.audit.Audit;
import propusk.domain.deletion.Deletions;
import propusk.domain.event.Events;
import propusk.domain.invite.Invites;
import propusk.domain.plan.Plans;
import propusk.domain.seal.Sealer;
import propusk.domain.session.TelegramSessions;
import propusk.domain.subscription.Subscriptions;

/// What only the people in `PROPUSK_ADMINS` may ask. Whoever else asks learns nothing, not even
/// that there is something to ask.
final class AdminCommands {
  private final List<TelegramUserId> admins;
  private final Menus menus;
  private final Texts texts;
  private final MakeInviteCommand invite;
  private final AnnounceCommand announce;
  private final DebugStatusCommand status;
  private final DebugResetCommand reset;
  private final DebugPhoneCommand phone;

  /// What they stand on.
  record Parts(
      List<TelegramUserId> admins,
      Accounts accounts,
      Subscriptions subscriptions,
      TelegramSessions sessions,
      Deletions deletions,
      Sealer sealer,
      Events events,
      Texts texts,
      InstantSource clock,
      SecureRandom random) {}

  AdminCommands(Parts parts) {
    admins = parts.admins();
    menus = new Menus(parts.texts());
    texts = parts.texts();
    var audit = new Audit(parts.clock());
    var plans = new Plans();
    var invites = new Invites(plans, parts.sealer(), parts.clock(), parts.random());
    invite = new MakeInviteCommand(invites, plans, audit, parts.texts(), parts.clock());
    announce = new AnnounceCommand(parts, audit);
    status = new DebugStatusCommand(parts, audit);
    reset = new DebugResetCommand(parts, audit);
    phone = new DebugPhoneCommand(parts, new AccountPhones(parts.sealer()), audit);
  }

  boolean admin(Account account) {
    return admins.contains(account.telegramId());
  }

  /// Empty: there is no such command, or it is not for this person.
  Optional<Reply> answer(Handle handle, Account account, String name, String argument) {
    if (!admin(account)) {
      return Optional.empty();
    }
    return switch (name) {
      case "invite" -> Optional.of(invite.answer(handle, account, argument));
      case "event" -> Optional.of(announce.answer(handle, account, argument));
      case "debug_status" -> Optional.of(status.answer(handle, account, argument));
      case "debug_reset" -> Optional.of(reset.ask(handle, account, argument));
      case "debug_test_phone" -> Optional.of(phone.answer(handle, account, argument));
      default -> Optional.empty();
    };
  }

  /// Confirmed. Empty: the button is not for this person.
  Optional<Reply> reset(Handle handle, Account account, long botId, Button.ResetAccount button) {
    return admin(account)
        ? Optional.of(reset.reset(handle, account, botId, button))
        : Optional.empty();
  }

  Optional<Reply> keep(Account account) {
    return admin(account) ? Optional.of(reset.keep(account)) : Optional.empty();
  }

  /// What `/help` says to admins besides.
  Optional<String> help(Account account) {
    return admin(account)
        ? Optional.of(texts.say(account.language(), "help.admin"))
        : Optional.empty();
  }

  /// The admin's own list of commands, set as soon as they let the bot in.
  List<SetMyCommands> menu(Account account) {
    return admin(account) ? menus.forAdmin(account.telegramId()) : List.of();
  }
}
