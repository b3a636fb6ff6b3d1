package propusk.bot.command;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import propusk.domain.account.Account;
import propusk.domain.audit.Actor;
import propusk.domain.audit.Audit;
import propusk.domain.invite.Invites;
import propusk.domain.plan.Plan;
import propusk.domain.plan.Plans;

/// `/invite PLAN [USES] [DAYS]`: makes an invite and shows its code, this once.
final class MakeInviteCommand {
  private final Invites invites;
  private final Plans plans;
  private final Audit audit;
  private final Texts texts;
  private final InstantSource clock;

  MakeInviteCommand(Invites invites, Plans plans, Audit audit, Texts texts, InstantSource clock) {
    this.invites = invites;
    this.plans = plans;
    this.audit = audit;
    this.texts = texts;
    this.clock = clock;
  }

  Reply answer(Handle handle, Account account, String argument) {
    var words = List.of(argument.toLowerCase(Locale.ROOT).split("\\s+"));
    var plan = plans.find(handle, words.getFirst());
    var uses = words.size() > 1 ? number(words.get(1), Invites.MOST_USES) : Optional.of(1);
    var days = words.size() > 2 ? number(words.get(2), Invites.MOST_DAYS) : Optional.of(0);
    if (plan.isEmpty() || uses.isEmpty() || days.isEmpty() || words.size() > 3) {
      return usage(handle, account);
    }
    return made(handle, account, plan.get(), uses.get(), days.get());
  }

  private Reply made(Handle handle, Account account, Plan plan, int uses, int days) {
    var life = days == 0 ? Optional.<Duration>empty() : Optional.of(Duration.ofDays(days));
    var code = invites.create(handle, plan.code(), uses, life);
    var invite = invites.find(handle, code).orElseThrow();
    audit.record(
        handle,
        Actor.admin(account.telegramId()),
        "invite_created",
        "invite:" + invite.id().value());
    var values = new HashMap<String, Object>();
    values.put("code", code.value());
    values.put("plan", plan.name());
    values.put("uses", uses);
    values.put("until", until(account, life));
    return Reply.of(texts.say(account.language(), "invite.made", values));
  }

  private String until(Account account, Optional<Duration> life) {
    var now = clock.instant();
    return life.map(now::plus)
        .map(at -> Texts.date(account.language(), at, now))
        .map(date -> texts.say(account.language(), "invite.until", Map.of("date", date)))
        .orElseGet(() -> texts.say(account.language(), "invite.for_ever"));
  }

  private Reply usage(Handle handle, Account account) {
    var known = plans.list(handle).stream().map(Plan::code).collect(Collectors.joining(", "));
    return Reply.of(texts.say(account.language(), "invite.usage", Map.of("plans", known)));
  }

  /// Empty: no number from 1 to `most`.
  private static Optional<Integer> number(String text, int most) {
    return text.matches("[1-9]\\d{0,6}") && Integer.parseInt(text) <= most
        ? Optional.of(Integer.parseInt(text))
        : Optional.empty();
  }
}
