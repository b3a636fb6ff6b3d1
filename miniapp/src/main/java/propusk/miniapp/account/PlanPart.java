package propusk.miniapp.account;

import java.text.NumberFormat;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import propusk.domain.plan.Plan;
import propusk.domain.usage.PlanLimit;
import propusk.miniapp.page.Words;

/// A plan and how much of it is used, in words.
///
/// @param since when it was activated
/// @param until when it ends by itself
public record PlanPart(
    String name,
    boolean active,
    List<Meter> meters,
    String digests,
    Instant since,
    Optional<Instant> until) {
  private static final double NEAR = 0.9;

  /// One limit as a bar.
  ///
  /// @param percent 0 to 100, for the bar's width
  /// @param alert what to know when little or nothing is left
  public record Meter(
      String name,
      int used,
      int granted,
      String usedText,
      String of,
      String percent,
      boolean near,
      Optional<String> alert) {}

  static Optional<PlanPart> of(Words words, AccountView view) {
    return view.subscription()
        .map(held ->
            new PlanPart(
                held.plan().name(),
                view.active(),
                Arrays.stream(PlanLimit.values())
                    .map(limit -> meter(words, limit, held.plan(), view.used()))
                    .toList(),
                words.say(held.plan().aiDigests() ? "plan.digests.on" : "plan.digests.off"),
                held.activatedAt(),
                held.expiresAt()));
  }

  private static Meter meter(
      Words words, PlanLimit limit, Plan plan, Map<PlanLimit, Integer> usage) {
    int granted = limit.of(plan);
    int used = usage.getOrDefault(limit, 0);
    double share = granted == 0 ? 0 : Math.min(1, (double) used / granted);
    boolean near = share >= NEAR;
    var numbers = NumberFormat.getIntegerInstance(words.language().locale());
    return new Meter(
        words.say("meter." + limit.code()),
        used,
        granted,
        numbers.format(used),
        words.say("meter.of", "granted", numbers.format(granted)),
        String.format(Locale.ROOT, "%.1f%%", share * 100),
        near,
        near ? Optional.of(alert(words, limit, granted - used)) : Optional.empty());
  }

  private static String alert(Words words, PlanLimit limit, int left) {
    var key = left > 0 ? "meter.left." : "meter.full.";
    return words.say(key + limit.code(), Map.of("rest", left));
  }
}
