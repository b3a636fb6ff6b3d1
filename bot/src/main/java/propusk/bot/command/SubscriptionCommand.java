package propusk.bot.command;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import propusk.domain.account.Account;
import propusk.domain.account.Language;
import propusk.domain.session.TelegramSessions;
import propusk.domain.subscription.Subscription;
import propusk.domain.subscription.Subscriptions;

/// `/subscription`: the plan, whether it is active, its limits, and a word where Telegram is not
/// connected.
final class SubscriptionCommand {
  private final Subscriptions subscriptions;
  private final TelegramSessions sessions;
  private final Texts texts;
  private final InstantSource clock;

  SubscriptionCommand(
      Subscriptions subscriptions, TelegramSessions sessions, Texts texts, InstantSource clock) {
    this.subscriptions = subscriptions;
    this.sessions = sessions;
    this.texts = texts;
    this.clock = clock;
  }

  Reply answer(Handle handle, Account account) {
    var subscription = subscriptions.find(handle, account.id());
    if (subscription.isEmpty()) {
      return Reply.of(texts.say(account.language(), "subscription.none"));
    }
    var text = text(account.language(), subscription.get());
    return sessions.findLive(handle, account.id()).isPresent()
        ? Reply.of(text)
        : Reply.of(text + "\n\n" + texts.say(account.language(), "subscription.disconnected"));
  }

  private String text(Language language, Subscription subscription) {
    var values = new HashMap<String, Object>(Texts.plan(subscription.plan()));
    values.put("status", status(language, subscription));
    return texts.say(language, "subscription", values);
  }

  private String status(Language language, Subscription subscription) {
    var now = clock.instant();
    if (subscription.expiresAt().isEmpty()) {
      return texts.say(language, "subscription.active");
    }
    var key = subscription.active(now) ? "subscription.active_until" : "subscription.ended";
    var date = Texts.date(language, subscription.expiresAt().get(), now);
    return texts.say(language, key, Map.of("date", date));
  }
}
