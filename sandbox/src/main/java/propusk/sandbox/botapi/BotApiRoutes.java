package propusk.sandbox.botapi;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import propusk.sandbox.world.Call.Plane;
import propusk.sandbox.world.MethodFault;
import propusk.sandbox.world.World;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// `/bot<token>/<method>`: reads a call, meets the faults that are set, writes Telegram's envelope.
///
/// @see <a href="https://core.telegram.org/bots/api#making-requests">Making requests</a>
final class BotApiRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(BotApiRoutes.class);

  private final World world;
  private final BotDesk desk;
  private final BotMethods methods;
  private final ChangeFeed feed;

  BotApiRoutes(World world, BotDesk desk, BotMethods methods, ChangeFeed feed) {
    this.world = world;
    this.desk = desk;
    this.methods = methods;
    this.feed = feed;
  }

  void add(JavalinConfig config) {
    config.routes.get("/bot{token}/{method}", this::handle);
    config.routes.post("/bot{token}/{method}", this::handle);
  }

  private void handle(Context ctx) throws InterruptedException {
    var method = ctx.pathParam("method");
    var fault = world.faults().take(method);
    fault.flatMap(MethodFault::delayMillis).ifPresent(BotApiRoutes::pause);
    try {
      fault.ifPresent(BotApiRoutes::fail);
      var bot = bot(ctx.pathParam("token"));
      var result = methods.call(method.toLowerCase(Locale.ROOT), bot, parameters(ctx));
      world.calls().answered(Plane.BOT_API, method);
      var answer = TelegramJson.object().put("ok", true);
      write(ctx, 200, answer.set("result", result));
      told(method);
    } catch (BotApiError refused) {
      world.calls().refused(Plane.BOT_API, method, refused.code() + " " + refused.description());
      LOG.info("refused method={} code={} why={}", method, refused.code(), refused.description());
      refuse(ctx, refused);
    }
    if (fault.flatMap(MethodFault::drop).orElse(false)) {
      DroppedConnection.drop(ctx);
    }
  }

  /// The page shows commands and the menu button: it must hear of a change.
  private void told(String method) {
    if (method.toLowerCase(Locale.ROOT).matches("(set|delete)(my|chatmenu).*")) {
      feed.changed("settings");
    }
  }

  private SandboxBot bot(String token) {
    if (!token.matches("\\d{1,18}:[A-Za-z0-9_-]+")) {
      throw BotApiError.notFound();
    }
    return desk.bots().stream()
        .filter(bot -> bot.token().equals(token))
        .findFirst()
        .orElseThrow(BotApiError::unauthorized);
  }

  private static CallParameters parameters(Context ctx) {
    var parameters = new CallParameters();
    ctx.queryParamMap().forEach((name, values) -> parameters.put(name, values.getFirst()));
    var type = Optional.ofNullable(ctx.contentType()).orElse("").toLowerCase(Locale.ROOT);
    if (type.startsWith("application/json")) {
      parameters.putAll(body(ctx.body()));
    } else if (!type.isEmpty()) {
      ctx.formParamMap().forEach((name, values) -> parameters.put(name, values.getFirst()));
    }
    return parameters;
  }

  private static JsonNode body(String body) {
    try {
      var json = BotApiJson.MAPPER.readTree(body.isBlank() ? "{}" : body);
      if (json.isObject()) {
        return json;
      }
    } catch (JacksonException malformed) {
      LOG.debug("malformed JSON body", malformed);
    }
    throw BotApiError.badRequest("can't parse JSON object in the request's body");
  }

  private static void fail(MethodFault fault) {
    fault
        .code()
        .ifPresent(code -> {
          int wait = fault.retryAfter().orElse(0);
          throw BotApiError.faulty(code, fault.text().orElse(words(code, wait)), wait);
        });
  }

  private static String words(int code, int wait) {
    return switch (code) {
      case 403 -> "Forbidden: bot was blocked by the user";
      case 429 -> "Too Many Requests: retry after " + wait;
      case 500 -> "Internal Server Error";
      case 502 -> "Bad Gateway";
      default -> "Bad Request: the sandbox was told to refuse";
    };
  }

  private static void refuse(Context ctx, BotApiError refused) {
    var answer =
        TelegramJson.object()
            .put("ok", false)
            .put("error_code", refused.code())
            .put("description", refused.description());
    refused
        .retryAfter()
        .ifPresent(
            seconds -> answer.set("parameters", TelegramJson.object().put("retry_after", seconds)));
    write(ctx, refused.code(), answer);
  }

  private static void write(Context ctx, int status, JsonNode answer) {
    ctx.status(status).contentType("application/json").result(answer.toString());
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
