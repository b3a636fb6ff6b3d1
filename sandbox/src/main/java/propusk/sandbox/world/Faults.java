package propusk.sandbox.world;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// The misbehaviour in force. It ends with the process; faults that count themselves run out.
public final class Faults {
  private static final Duration LOGIN_TOKEN_LIFE = Duration.ofSeconds(30);

  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private FaultPlan plan = FaultPlan.NONE;

  Faults() {}

  /// What is in force now, with the counts that are left.
  public synchronized FaultPlan plan() {
    return plan;
  }

  public void set(FaultPlan wanted) {
    synchronized (this) {
      plan = wanted;
    }
    listeners.forEach(Runnable::run);
  }

  public void clear() {
    set(FaultPlan.NONE);
  }

  /// Runs `listener` after every change of the plan.
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  public Duration loginTokenLife() {
    return plan().loginTokenSeconds().map(Duration::ofSeconds).orElse(LOGIN_TOKEN_LIFE);
  }

  public boolean offline() {
    return plan().offline().orElse(false);
  }

  /// The fault that this call of `method` meets, if any; counts it.
  public synchronized Optional<MethodFault> take(String method) {
    var faults = plan.methods().orElse(List.of());
    for (int i = 0; i < faults.size(); i++) {
      var fault = faults.get(i);
      if (fault.concerns(method)) {
        fault.times().ifPresent(_ -> plan = counted(fault));
        return Optional.of(fault);
      }
    }
    return Optional.empty();
  }

  private FaultPlan counted(MethodFault fault) {
    var left = new ArrayList<>(plan.methods().orElse(List.of()));
    int at = left.indexOf(fault);
    int times = fault.times().orElse(0) - 1;
    if (times > 0) {
      left.set(at, fault.times(times));
    } else {
      left.remove(at);
    }
    return plan.withMethods(left);
  }
}
