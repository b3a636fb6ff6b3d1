package propusk.app;

import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import propusk.domain.bot.Backlog;
import propusk.domain.bot.Backlogs;
import propusk.domain.bot.Bot;
import propusk.domain.bot.Bots;
import propusk.domain.organization.Organization;
import propusk.domain.organization.Organizations;
import propusk.domain.webhook.WebhookCheck;
import propusk.domain.webhook.WebhookChecks;

/// What an operator is shown of bots.
final class BotRows {
  private final Bots bots;
  private final Organizations organizations;
  private final WebhookChecks checks;
  private final Backlogs backlogs;

  BotRows(OperatorDatabase database) {
    bots = new Bots(database.sealer());
    organizations = new Organizations(database.clock());
    checks = new WebhookChecks(database.clock());
    backlogs = new Backlogs(database.clock());
  }

  /// @param org the slug of its organization
  static Map<String, Object> row(Bot bot, Optional<String> org) {
    return Listing.row(
        "id",
        bot.id(),
        "username",
        "@" + bot.username(),
        "org",
        org,
        "token",
        bot.tokenKept() ? "kept here" : "in the settings, or none");
  }

  /// Each bot, with the watchdog's last look in a few words.
  List<Map<String, Object>> all(Handle handle) {
    var slugs =
        organizations.list(handle).stream()
            .collect(Collectors.toMap(Organization::id, each -> each.slug().value()));
    return bots.list(handle).stream()
        .map(bot -> {
          var row = row(bot, bot.organization().map(slugs::get));
          row.put("webhook", latest(handle, bot.id()).map(BotRows::brief).orElse(""));
          return row;
        })
        .toList();
  }

  /// One bot, what waits for it in all processes together, and the watchdog's last look.
  Map<String, Object> shown(Handle handle, long id) {
    var bot =
        bots.find(handle, id)
            .orElseThrow(
                () -> new IllegalArgumentException("No bot %d has run here.".formatted(id)));
    var org = bot.organization().map(each -> organizations.get(handle, each).slug().value());
    var row = row(bot, org);
    row.putAll(row("updates", backlogs.inbox(handle, id)));
    row.putAll(row("messages", backlogs.outbox(handle, id)));
    latest(handle, id).map(BotRows::row).ifPresent(row::putAll);
    return row;
  }

  private Optional<WebhookCheck> latest(Handle handle, long botId) {
    return checks.latest(handle, botId, 1).stream().findFirst();
  }

  private static String brief(WebhookCheck check) {
    var at = check.at().truncatedTo(ChronoUnit.SECONDS);
    return (check.ours() ? "ok at " : "not ok at ") + at;
  }

  private static Map<String, Object> row(String what, Backlog backlog) {
    return Listing.row(
        what + "_open",
        backlog.open(),
        what + "_oldest",
        backlog.oldest(),
        what + "_dead",
        backlog.dead());
  }

  private static Map<String, Object> row(WebhookCheck check) {
    return Listing.row(
        "webhook", brief(check),
        "occasion", check.occasion(),
        "found_at", check.address().isEmpty() ? "none" : check.address(),
        "wait_at_telegram", check.pending(),
        "strangers", check.refused(),
        "findings", String.join(", ", check.findings()),
        "action", check.action(),
        "outcome", check.outcome(),
        "last_error", check.lastError(),
        "last_error_at", check.lastErrorAt());
  }
}
