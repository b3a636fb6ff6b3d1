package propusk.sandbox.world;

import java.util.List;
import java.util.Optional;

/// How the sandbox is told to misbehave, as `POST /sandbox/faults` takes it. Every field may be
/// left out.
///
/// @param loginTokenSeconds life of a login token; Telegram's is about 30 s
/// @param offline the data centre cuts every connection and takes no new one
/// @param methods what goes wrong with single methods, first match wins; a delivery to a webhook
///   counts as the method `webhook`
/// @param webhookDuplicatePercent of 100 updates so many are brought twice
/// @param webhookShuffle chats get their turn at the webhook at random
public record FaultPlan(
    Optional<Integer> loginTokenSeconds,
    Optional<Boolean> offline,
    Optional<List<MethodFault>> methods,
    Optional<Integer> webhookDuplicatePercent,
    Optional<Boolean> webhookShuffle) {

  /// The plan by which nothing goes wrong.
  public static final FaultPlan NONE =
      new FaultPlan(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /// This plan with another life of login tokens.
  public FaultPlan withLoginTokenSeconds(int seconds) {
    return new FaultPlan(
        Optional.of(seconds), offline, methods, webhookDuplicatePercent, webhookShuffle);
  }

  /// This plan with the data centre unreachable, or reachable again.
  public FaultPlan withOffline(boolean unreachable) {
    return new FaultPlan(
        loginTokenSeconds,
        Optional.of(unreachable),
        methods,
        webhookDuplicatePercent,
        webhookShuffle);
  }

  /// This plan with these faults of methods instead of its own.
  public FaultPlan withMethods(MethodFault... faults) {
    return withMethods(List.of(faults));
  }

  FaultPlan withMethods(List<MethodFault> faults) {
    return new FaultPlan(
        loginTokenSeconds,
        offline,
        Optional.of(List.copyOf(faults)),
        webhookDuplicatePercent,
        webhookShuffle);
  }
}
