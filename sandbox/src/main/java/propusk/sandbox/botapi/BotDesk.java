package propusk.sandbox.botapi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The bots of this sandbox and what each of them has lying on its desk.
final class BotDesk {
  private final Map<Long, SandboxBot> bots = new LinkedHashMap<>();
  private final Map<Long, UpdateQueue> queues = new LinkedHashMap<>();
  private final CallbackQueries callbacks;
  private final BotSettings settings;

  BotDesk(Map<SandboxBot, UpdateQueue> queues, CallbackQueries callbacks, BotSettings settings) {
    queues.forEach((bot, queue) -> {
      this.bots.put(bot.id(), bot);
      this.queues.put(bot.id(), queue);
    });
    this.callbacks = callbacks;
    this.settings = settings;
  }

  List<SandboxBot> bots() {
    return List.copyOf(bots.values());
  }

  Optional<SandboxBot> find(long id) {
    return Optional.ofNullable(bots.get(id));
  }

  UpdateQueue queue(SandboxBot bot) {
    return Optional.ofNullable(queues.get(bot.id())).orElseThrow();
  }

  CallbackQueries callbacks() {
    return callbacks;
  }

  BotSettings settings() {
    return settings;
  }

  void close() {
    queues.values().forEach(UpdateQueue::close);
  }
}
