package propusk.bot.watchdog;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import propusk.domain.webhook.WebhookCheck;

/// Decides from what Telegram tells whether a webhook is as it should be. Telegram tells the last
/// error for ever, and of the secret nothing: so an error counts only when it is new, and a lost
/// secret is known by those whom our own door turned away.
public record Diagnosis(Set<Finding> findings, boolean changedByOthers) {
  /// Telegram's clock and ours.
  private static final Duration LEEWAY = Duration.ofSeconds(60);

  /// So old may an error be at the first look of all.
  private static final Duration FIRST_LOOK = Duration.ofMinutes(5);

  /// So many may wait without being told of.
  private static final int USUAL_PENDING = 100;

  /// @param started whether this process has just started: what failed while it was away is no
  ///   trouble any more
  /// @param refused strangers at the door since the look before
  public static Diagnosis of(
      Expected expected,
      Seen seen,
      Optional<WebhookCheck> before,
      boolean started,
      long refused,
      Instant now) {
    var findings = EnumSet.noneOf(Finding.class);
    boolean wasOurs = before.map(look -> wasAs(expected, look)).orElse(false);
    switch (expected) {
      case Expected.None() -> {
        if (!seen.url().isEmpty()) {
          findings.add(Finding.UNWANTED);
        }
      }
      case Expected.At at when seen.url().isEmpty() ->
          findings.add(wasOurs ? Finding.TAKEN_AWAY : Finding.NOT_SET);
      case Expected.At at when !seen.url().equals(at.url()) -> findings.add(Finding.ELSEWHERE);
      case Expected.At at -> {
        settings(findings, at, seen, before);
        deliveries(findings, seen, before, started, refused, now);
      }
    }
    boolean moved =
        findings.contains(Finding.ELSEWHERE)
            || findings.contains(Finding.UNWANTED)
            || findings.contains(Finding.TAKEN_AWAY);
    boolean meddled =
        findings.contains(Finding.CERTIFICATE) || findings.contains(Finding.SECRET_ERASED);
    return new Diagnosis(Set.copyOf(findings), meddled || (moved && wasOurs));
  }

  boolean needsRepair() {
    return findings.stream().anyMatch(Finding::repaired);
  }

  boolean failing() {
    return findings.contains(Finding.FAILING);
  }

  /// Whether the look before left it as it is expected now. After another way to get updates was
  /// chosen it did not, and nobody has meddled.
  private static boolean wasAs(Expected expected, WebhookCheck before) {
    if (!before.ours()) {
      return false;
    }
    return switch (expected) {
      case Expected.None() -> before.address().isEmpty() || before.action().equals("deleted");
      case Expected.At at -> before.address().equals(at.url()) || before.action().equals("set");
    };
  }

  private static void settings(
      Set<Finding> findings, Expected.At expected, Seen seen, Optional<WebhookCheck> before) {
    if (seen.certificate()) {
      findings.add(Finding.CERTIFICATE);
    }
    if (!seen.kinds().equals(expected.kinds())) {
      findings.add(Finding.KINDS);
    }
    if (seen.connections() != expected.connections()) {
      findings.add(Finding.CONNECTIONS);
    }
    var known = before.filter(WebhookCheck::ours).flatMap(WebhookCheck::ipAddress);
    if (known.isPresent() && seen.ipAddress().isPresent() && !known.equals(seen.ipAddress())) {
      findings.add(Finding.OTHER_IP);
    }
  }

  private static void deliveries(
      Set<Finding> findings,
      Seen seen,
      Optional<WebhookCheck> before,
      boolean started,
      long refused,
      Instant now) {
    var since = before.map(look -> look.at().minus(LEEWAY)).orElse(now.minus(FIRST_LOOK));
    boolean known = seen.lastErrorAt().equals(before.flatMap(WebhookCheck::lastErrorAt));
    boolean failed = !known && seen.lastErrorAt().map(at -> at.isAfter(since)).orElse(false);
    boolean unauthorized = failed && seen.lastError().orElse("").contains("401");
    int pendingBefore = before.map(WebhookCheck::pending).orElse(0);
    boolean grown = seen.pending() > pendingBefore;
    if (unauthorized && refused > 0) {
      findings.add(Finding.SECRET_ERASED);
    } else if (failed && grown && !started) {
      findings.add(Finding.FAILING);
    } else if (failed) {
      findings.add(Finding.HICCUP);
    } else if (grown && seen.pending() > USUAL_PENDING) {
      findings.add(Finding.BACKLOG);
    }
    if (refused > 0 && !unauthorized) {
      findings.add(Finding.STRANGERS);
    }
  }
}
