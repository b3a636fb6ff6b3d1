package propusk.bot.api;

import java.util.List;
import propusk.domain.inbox.ReceivedUpdate;

/// What a long poll brought.
public sealed interface Polled {

  /// @param next the offset that confirms them: ask with it once they are stored
  record Updates(List<ReceivedUpdate> updates, long next) implements Polled {}

  record Failed(Answer answer) implements Polled {}
}
