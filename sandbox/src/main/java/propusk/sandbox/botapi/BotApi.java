package propusk.sandbox.botapi;

import io.javalin.config.JavalinConfig;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import propusk.sandbox.world.World;

/// The sandbox's Bot API: its bots, their chats with the world's people, and the HTTP in front.
///
/// Any thread may use it. [#close] ends deliveries and answers the pollers that still wait.
public final class BotApi implements AutoCloseable {
  private final BotDesk desk;
  private final PersonChats people;
  private final ServiceChat service;
  private final GroupChats groups;
  private final SendLimits limits;
  private final BotApiRoutes routes;
  private final Webhooks webhooks;

  /// @param signingKey an Ed25519 key that stands for Telegram's, for init data's `signature`
  public BotApi(
      World world,
      List<SandboxBot> bots,
      ChangeFeed feed,
      SecureRandom random,
      PrivateKey signingKey) {
    var queues = new LinkedHashMap<SandboxBot, UpdateQueue>();
    bots.forEach(bot -> queues.put(bot, new UpdateQueue(world, bot)));
    var store = new ChatStore(world);
    this.limits = new SendLimits(System::nanoTime);
    this.desk =
        new BotDesk(queues, new CallbackQueries(world, random, feed), new BotSettings(world));
    this.people = new PersonChats(world, store, desk, new WebAppLaunch(random, signingKey), feed);
    this.service = new ServiceChat(world, store, feed);
    this.groups = new GroupChats(world, desk, limits);
    var chats = new BotChats(world, store, limits, feed);
    var methods = new BotMethods(world, desk, chats, groups);
    this.webhooks = methods.webhooks();
    this.routes = new BotApiRoutes(world, desk, methods, feed);
  }

  public void routes(JavalinConfig config) {
    routes.add(config);
  }

  public PersonChats people() {
    return people;
  }

  public GroupChats groups() {
    return groups;
  }

  public ServiceChat service() {
    return service;
  }

  public Webhooks webhooks() {
    return webhooks;
  }

  public BotSettings settings() {
    return desk.settings();
  }

  public List<SandboxBot> bots() {
    return desk.bots();
  }

  public Optional<SandboxBot> bot(long id) {
    return desk.find(id);
  }

  /// Whether bots are held to Telegram's sending speed.
  public boolean limited() {
    return limits.on();
  }

  public void limit(boolean on) {
    limits.set(on);
  }

  @Override
  public void close() {
    webhooks.close();
    desk.close();
  }
}
