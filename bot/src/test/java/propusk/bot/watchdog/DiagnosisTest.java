package propusk.bot.watchdog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import propusk.domain.webhook.WebhookCheck;

/// Every state of `getWebhookInfo` against what we expect.
class DiagnosisTest {
  private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
  private static final String OURS = "https://propusk.example.org/telegram/webhook/1";
  private static final Set<String> KINDS = Set.of("message", "callback_query");
  private static final Expected WEBHOOK = new Expected.At(OURS, KINDS, 40);

  /// before: `-` nobody has looked, `ok` it was ours two minutes ago, `not` it was not; pending
  /// then and now; error: how many seconds ago the last one was, and whether it was a 401.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // url      | before | pending | error    | refused | findings        | did by others
        "ours       | ok     | 0 > 0   | -        | 0       |                 | no",
        "ours       | -      | 0 > 0   | -        | 0       |                 | no",
        "ours       | ok     | 5 > 3   | -        | 0       |                 | no",
        "ours       | ok     | 0 > 100 | -        | 0       |                 | no",
        "ours       | ok     | 0 > 101 | -        | 0       | backlog         | no",
        "ours       | ok     | 0 > 0   | 30       | 0       | hiccup          | no",
        "ours       | ok     | 9 > 9   | 30       | 0       | hiccup          | no",
        "ours       | ok     | 0 > 1   | 30       | 0       | failing         | no",
        "ours       | ok     | 0 > 1   | 181      | 0       |                 | no",
        "ours       | ok     | 0 > 1   | 86400    | 0       |                 | no",
        "ours       | -      | 0 > 1   | 299      | 0       | failing         | no",
        "ours       | -      | 0 > 1   | 301      | 0       |                 | no",
        "ours       | ok     | 0 > 1   | 30 401   | 1       | secret_erased   | yes",
        "ours       | ok     | 1 > 1   | 30 401   | 7       | secret_erased   | yes",
        "ours       | ok     | 0 > 1   | 30 401   | 0       | failing         | no",
        "ours       | ok     | 0 > 0   | 30 401   | 0       | hiccup          | no",
        "ours       | ok     | 0 > 0   | 3600 401 | 5       | strangers       | no",
        "ours       | ok     | 0 > 0   | -        | 5       | strangers       | no",
        "ours       | ok     | 0 > 1   | 30       | 5       | failing,strangers | no",
        "none       | -      | 0 > 0   | -        | 0       | not_set         | no",
        "none       | not    | 0 > 0   | -        | 0       | not_set         | no",
        "none       | ok     | 0 > 0   | -        | 0       | taken_away      | yes",
        "none       | ok     | 0 > 900 | 30       | 5       | taken_away      | yes",
        "other      | -      | 0 > 0   | -        | 0       | elsewhere       | no",
        "other      | not    | 0 > 0   | -        | 0       | elsewhere       | no",
        "other      | ok     | 0 > 0   | -        | 0       | elsewhere       | yes",
        "other      | ok     | 0 > 9   | 30 401   | 5       | elsewhere       | yes",
      })
  void whereItLeadsAndWhatBecomesOfDeliveries(
      String url,
      String before,
      String pending,
      String error,
      long refused,
      String findings,
      String byOthers) {
    var waited = pending.split(" > ");
    var seen = seen(url(url), Integer.parseInt(waited[1]), error);
    var diagnosis =
        Diagnosis.of(
            WEBHOOK, seen, before(before, Integer.parseInt(waited[0])), false, refused, NOW);
    assertEquals(findings == null ? "" : findings, codes(diagnosis));
    assertEquals(byOthers.equals("yes"), diagnosis.changedByOthers());
  }

  @Test
  void whatFailedWhileWeWereAwayIsNoIncidentAtStart() {
    var seen = seen(OURS, 500, "30");
    assertEquals("hiccup", codes(Diagnosis.of(WEBHOOK, seen, before("ok", 0), true, 0, NOW)));
    assertEquals("failing", codes(Diagnosis.of(WEBHOOK, seen, before("ok", 0), false, 0, NOW)));
  }

  @Test
  void itsSettingsAreComparedOneByOne() {
    assertEquals("certificate", settings(true, 40, KINDS, "1.2.3.4"));
    assertEquals("kinds", settings(false, 40, Set.of(), "1.2.3.4"));
    assertEquals("kinds", settings(false, 40, Set.of("message"), "1.2.3.4"));
    assertEquals("connections", settings(false, 41, KINDS, "1.2.3.4"));
    assertEquals("other_ip", settings(false, 40, KINDS, "6.6.6.6"));
    assertEquals(
        "certificate,other_ip,kinds,connections", settings(true, 1, Set.of("poll"), "6.6.6.6"));
    assertEquals("", settings(false, 40, KINDS, "1.2.3.4"));
  }

  @Test
  void aCertificateIsSomebodyElsesWork() {
    var seen =
        new Seen(OURS, true, 0, Optional.empty(), Optional.empty(), 40, KINDS, Optional.empty());
    var diagnosis = Diagnosis.of(WEBHOOK, seen, Optional.empty(), false, 0, NOW);
    assertEquals(true, diagnosis.changedByOthers());
    assertEquals(true, diagnosis.needsRepair());
  }

  @Test
  void whoPollsWantsNone() {
    var none = new Expected.None();
    assertEquals("", codes(Diagnosis.of(none, seen("", 5, "30"), before("ok", 0), false, 9, NOW)));
    var chosen = Diagnosis.of(none, seen(OURS, 5, "-"), before("ok", 0), true, 0, NOW);
    assertEquals("unwanted", codes(chosen));
    assertEquals(false, chosen.changedByOthers(), "the operator chose to poll from now on");
    var polled = Optional.of(look("", 0, Optional.empty(), true));
    var unwanted = Diagnosis.of(none, seen("x://y", 5, "30"), polled, false, 0, NOW);
    assertEquals("unwanted", codes(unwanted));
    assertEquals(true, unwanted.changedByOthers());
    var again = Diagnosis.of(WEBHOOK, seen("", 5, "-"), polled, true, 0, NOW);
    assertEquals("not_set", codes(again));
    assertEquals(false, again.changedByOthers(), "the operator chose the webhook from now on");
  }

  @Test
  void anErrorThatWasSeenBeforeIsOldHoweverOftenTelegramTellsIt() {
    var error = Optional.of(NOW.minusSeconds(100));
    var known = Optional.of(look(OURS, 0, error, true));
    assertEquals("", codes(Diagnosis.of(WEBHOOK, seen(OURS, 9, "100"), known, false, 0, NOW)));
    assertEquals(
        "failing", codes(Diagnosis.of(WEBHOOK, seen(OURS, 9, "99"), known, false, 0, NOW)));
  }

  @Test
  void onlyWhatAnotherSettingRemediesIsRepaired() {
    assertEquals(
        "hiccup,backlog,strangers",
        Arrays.stream(Finding.values())
            .filter(finding -> !finding.repaired())
            .map(Finding::code)
            .collect(Collectors.joining(",")));
  }

  private static String settings(
      boolean certificate, int connections, Set<String> kinds, String ip) {
    var seen =
        new Seen(
            OURS,
            certificate,
            0,
            Optional.empty(),
            Optional.empty(),
            connections,
            kinds,
            Optional.of(ip));
    return codes(Diagnosis.of(WEBHOOK, seen, before("ok", 0), false, 0, NOW));
  }

  private static String url(String which) {
    return switch (which) {
      case "ours" -> OURS;
      case "other" -> "https://thief.example.org/hook";
      default -> "";
    };
  }

  private static Seen seen(String url, int pending, String error) {
    var parts = error.split(" ");
    var none = error.equals("-");
    return new Seen(
        url,
        false,
        pending,
        none ? Optional.empty() : Optional.of(NOW.minusSeconds(Long.parseLong(parts[0]))),
        none
            ? Optional.empty()
            : Optional.of(
                "Wrong response from the webhook: "
                    + (parts.length > 1 ? "401 Unauthorized" : "502 Bad Gateway")),
        40,
        KINDS,
        Optional.of("1.2.3.4"));
  }

  private static Optional<WebhookCheck> before(String how, int pending) {
    return how.equals("-")
        ? Optional.empty()
        : Optional.of(look(OURS, pending, Optional.empty(), how.equals("ok")));
  }

  /// Two minutes ago.
  private static WebhookCheck look(
      String address, int pending, Optional<Instant> error, boolean ours) {
    return new WebhookCheck(
        1,
        NOW.minusSeconds(120),
        "timer",
        address,
        pending,
        Optional.of("1.2.3.4"),
        error,
        Optional.empty(),
        0,
        List.of(),
        "none",
        "ok",
        ours);
  }

  private static String codes(Diagnosis diagnosis) {
    return diagnosis.findings().stream()
        .sorted()
        .map(Finding::code)
        .collect(Collectors.joining(","));
  }
}
