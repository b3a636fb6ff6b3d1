package propusk.bot.command;

import java.util.Optional;
import propusk.domain.invite.InviteCode;

/// A button under a message of ours, as its `callback_data` (64 bytes at most) says. The data comes
/// back from the person's app and is trusted no more than a typed command.
sealed interface Button {
  String REPLACE = "replace:";
  String KEEP = "keep";

  /// The code's plan shall replace the one the person has.
  record ReplacePlan(InviteCode code) implements Button {
    @Override
    public String data() {
      return REPLACE + code.value();
    }
  }

  /// The person keeps the plan they have.
  record KeepPlan() implements Button {
    @Override
    public String data() {
      return KEEP;
    }
  }

  String data();

  /// Empty for data we did not write.
  static Optional<Button> parse(String data) {
    if (data.equals(KEEP)) {
      return Optional.of(new KeepPlan());
    }
    return data.startsWith(REPLACE)
        ? InviteCode.parse(data.substring(REPLACE.length())).map(ReplacePlan::new)
        : Optional.empty();
  }
}
