package propusk.sandbox.botapi;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import propusk.sandbox.botapi.UpdateQueue.Queued;
import propusk.sandbox.world.Call.Plane;
import propusk.sandbox.world.Shelf;
import propusk.sandbox.world.World;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/// The bots' webhooks: where they are, what became of deliveries, and the deliveries themselves.
/// Settings outlive the process; errors stay until a webhook is set anew, as Telegram's do.
public final class Webhooks implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Webhooks.class);
  private static final Duration GONE_FOR_GOOD = Duration.ofHours(23);
  private static final Set<String> NOT_BY_ANSWER =
      Set.of("setwebhook", "deletewebhook", "close", "logout");

  /// What executes a method that a webhook's answer names.
  interface Executor {
    void call(String method, SandboxBot bot, CallParameters parameters) throws InterruptedException;
  }

  /// @param at seconds since 1970
  private record Failure(long at, String error) {}

  private static final class State {
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong repeated = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private @Nullable WebhookDelivery delivery;
    private volatile @Nullable Failure failure;
    private volatile long goneSince;
    private long setAtNanos;
  }

  private final World world;
  private final BotDesk desk;
  private final Executor executor;
  private final Shelf<Long, Webhook> webhooks;
  private final Map<Long, State> states = new HashMap<>();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  Webhooks(World world, BotDesk desk, Executor executor) {
    this.world = world;
    this.desk = desk;
    this.executor = executor;
    this.webhooks = world.shelf("webhook", Long.class, Webhook.class);
    for (var bot : desk.bots()) {
      states.put(bot.id(), new State());
      webhooks.find(bot.id()).ifPresent(webhook -> deliver(bot, webhook));
    }
    world.clock().onShift(this::wake);
    world.onReset(this::forget);
  }

  boolean isSet(SandboxBot bot) {
    return webhooks.find(bot.id()).isPresent();
  }

  /// `setWebhook` and, without a webhook, `deleteWebhook`. Telegram takes one a second.
  ///
  /// @param allowed the kinds wanted from now on; empty keeps the earlier wish
  synchronized void set(
      SandboxBot bot,
      Optional<Webhook> wanted,
      Optional<Set<String>> allowed,
      boolean dropPending) {
    var state = state(bot);
    if (wanted.isPresent()) {
      long now = System.nanoTime();
      if (state.setAtNanos != 0 && now - state.setAtNanos < 1_000_000_000L) {
        throw BotApiError.tooManyRequests(1);
      }
      state.setAtNanos = now;
    }
    if (dropPending) {
      LOG.warn("event=pending_updates_dropped bot={}", bot.id());
      desk.queue(bot).clear();
    }
    put(bot, wanted, allowed);
  }

  /// Somebody else who has the token sets another address, and no secret.
  public synchronized void steal(SandboxBot bot, String url) {
    var stolen = webhooks.find(bot.id()).map(webhook -> webhook.at(url).withoutSecret());
    put(
        bot,
        stolen.or(() -> Optional.of(new Webhook(url, null, 40, false, null))),
        Optional.empty());
  }

  /// Somebody sets the same address without naming the secret, which erases it.
  public synchronized void eraseSecret(SandboxBot bot) {
    put(bot, webhooks.find(bot.id()).map(Webhook::withoutSecret), Optional.empty());
  }

  /// `WebhookInfo`.
  ObjectNode info(SandboxBot bot) {
    var webhook = webhooks.find(bot.id());
    var failure = state(bot).failure;
    var json =
        TelegramJson.object()
            .put("url", webhook.map(Webhook::url).orElse(""))
            .put("has_custom_certificate", webhook.map(Webhook::hasCertificate).orElse(false))
            .put("pending_update_count", desk.queue(bot).size());
    if (failure != null) {
      json.put("last_error_date", failure.at()).put("last_error_message", failure.error());
    }
    webhook.ifPresent(
        set -> json.put("max_connections", set.maxConnections()).put("ip_address", set.address()));
    var kinds = desk.queue(bot).allowed();
    if (!kinds.isEmpty()) {
      var list = json.putArray("allowed_updates");
      kinds.forEach(list::add);
    }
    return json;
  }

  /// `WebhookInfo`, and what Telegram tells nobody: whether a secret is set.
  public ObjectNode view(SandboxBot bot) {
    boolean secret =
        webhooks.find(bot.id()).map(webhook -> webhook.secretToken() != null).orElse(false);
    return info(bot).put("has_secret", secret);
  }

  public WebhookCounts counts(SandboxBot bot) {
    var state = state(bot);
    return new WebhookCounts(
        state.sent.get(), state.accepted.get(), state.repeated.get(), state.failed.get());
  }

  @Override
  public synchronized void close() {
    states.values().forEach(Webhooks::stop);
    http.shutdownNow();
  }

  private void put(SandboxBot bot, Optional<Webhook> wanted, Optional<Set<String>> allowed) {
    var queue = desk.queue(bot);
    allowed.ifPresent(queue::allow);
    if (wanted.equals(webhooks.find(bot.id()))) {
      return;
    }
    var state = state(bot);
    stop(state);
    state.failure = null;
    state.goneSince = 0;
    wanted.ifPresentOrElse(
        webhook -> webhooks.put(bot.id(), webhook), () -> webhooks.remove(bot.id()));
    wanted.ifPresent(webhook -> deliver(bot, webhook));
  }

  private void deliver(SandboxBot bot, Webhook webhook) {
    desk.queue(bot).endPoll("terminated by setWebhook request");
    var post = new WebhookPost(world, http);
    var delivery =
        new WebhookDelivery(webhook, desk.queue(bot), world, post, events(bot, state(bot)));
    state(bot).delivery = delivery;
    delivery.start();
  }

  private WebhookDelivery.Events events(SandboxBot bot, State state) {
    return new WebhookDelivery.Events() {
      @Override
      public void accepted(Queued update, String body) {
        state.sent.incrementAndGet();
        state.accepted.incrementAndGet();
        state.goneSince = 0;
        world.calls().answered(Plane.BOT_API, "webhook");
        execute(bot, body);
      }

      @Override
      public void failed(Queued update, WebhookPost.Outcome.Failed failure) {
        state.sent.incrementAndGet();
        state.failed.incrementAndGet();
        state.failure = new Failure(now(), failure.error());
        world.calls().refused(Plane.BOT_API, "webhook", failure.error());
        gone(bot, state, failure.status());
      }

      @Override
      public void repeated(Queued update) {
        state.sent.incrementAndGet();
        state.repeated.incrementAndGet();
      }
    };
  }

  /// 410 for most of a day takes the webhook away.
  private void gone(SandboxBot bot, State state, int status) {
    if (status != 410) {
      state.goneSince = 0;
    } else if (state.goneSince == 0) {
      state.goneSince = now();
    } else if (now() - state.goneSince > GONE_FOR_GOOD.toSeconds()) {
      Thread.ofVirtual().start(() -> removeGone(bot));
    }
  }

  private synchronized void removeGone(SandboxBot bot) {
    LOG.warn("event=webhook_gone bot={}", bot.id());
    put(bot, Optional.empty(), Optional.empty());
  }

  /// Telegram does what a 2xx answer's body asks for; nobody hears what came of it.
  private void execute(SandboxBot bot, String body) {
    if (!body.contains("method")) {
      return;
    }
    try {
      var json = BotApiJson.MAPPER.readTree(body);
      var method = json.path("method").asString("").toLowerCase(Locale.ROOT);
      if (method.isEmpty() || method.startsWith("get") || NOT_BY_ANSWER.contains(method)) {
        return;
      }
      LOG.warn("event=webhook_answer_executed bot={} method={}", bot.id(), method);
      world.calls().answered(Plane.BOT_API, "webhook answer: " + method);
      var parameters = new CallParameters();
      parameters.putAll(json);
      executor.call(method, bot, parameters);
    } catch (JacksonException | BotApiError e) {
      LOG.warn("event=webhook_answer_useless bot={}", bot.id());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void wake() {
    for (var state : states.values()) {
      if (state.delivery != null) {
        state.delivery.wake();
      }
    }
  }

  private synchronized void forget() {
    for (var state : states.values()) {
      stop(state);
      state.failure = null;
    }
  }

  private static void stop(State state) {
    if (state.delivery != null) {
      state.delivery.close();
      state.delivery = null;
    }
  }

  private State state(SandboxBot bot) {
    return Optional.ofNullable(states.get(bot.id())).orElseThrow();
  }

  private long now() {
    return world.clock().instant().getEpochSecond();
  }
}
