package propusk.sandbox.botapi;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Tells the page what changed, as hints: who hears one reads again what it is about.
public final class ChangeFeed {
  /// A hint.
  ///
  /// @param topic `chat`, `answer`, `settings`, `people`, `sessions`, `codes`, `clock`, `faults`,
  ///   `invites`, `reset`
  /// @param text what a bot answered to a pressed button
  public record Change(
      String topic,
      @Nullable Long person,
      @Nullable Long bot,
      @Nullable String text,
      @Nullable Boolean alert) {}

  private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();

  /// Calls `listener` on the thread that made the change; it must not block.
  public Runnable listen(Consumer<Change> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  public void changed(String topic) {
    publish(new Change(topic, null, null, null, null));
  }

  public void chatChanged(long botId, long personId) {
    publish(new Change("chat", personId, botId, null, null));
  }

  void answered(long botId, long personId, String text, boolean alert) {
    publish(new Change("answer", personId, botId, text, alert));
  }

  private void publish(Change change) {
    listeners.forEach(listener -> listener.accept(change));
  }
}
