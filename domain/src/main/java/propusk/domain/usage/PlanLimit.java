package propusk.domain.usage;

import java.util.Locale;
import propusk.domain.plan.Plan;

/// A limit of a plan whose use is counted.
public enum PlanLimit {
  /// How many are read now: this one does not begin anew each day.
  CHANNELS,
  POSTS,
  RAG;

  /// The name in rows and texts, such as `channels`.
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  static PlanLimit of(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }

  /// How much of it this plan grants.
  public int of(Plan plan) {
    return switch (this) {
      case CHANNELS -> plan.channels();
      case POSTS -> plan.postsPerDay();
      case RAG -> plan.ragPerDay();
    };
  }

  /// Whether it begins anew each day.
  public boolean daily() {
    return this != CHANNELS;
  }
}
