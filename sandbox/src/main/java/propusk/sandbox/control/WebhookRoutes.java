package propusk.sandbox.control;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import propusk.sandbox.botapi.BotApiJson;
import propusk.sandbox.botapi.SandboxBot;

/// The bots' webhooks: what they are, and what somebody else who has the token does to them.
final class WebhookRoutes {
  /// Nobody listens there.
  private static final String ELSEWHERE = "http://127.0.0.1:9/elsewhere";

  private final ControlParts parts;

  WebhookRoutes(ControlParts parts) {
    this.parts = parts;
  }

  void add(JavalinConfig config) {
    config.routes.get("/sandbox/bots/{bot}/webhook", ctx -> show(ctx, bot(ctx)));
    config.routes.post("/sandbox/bots/{bot}/webhook", this::meddle);
  }

  private void meddle(Context ctx) {
    var bot = bot(ctx);
    var body = ControlBody.of(ctx);
    var webhooks = parts.botApi().webhooks();
    switch (body.text("act")) {
      case "steal" -> webhooks.steal(bot, body.find("url").orElse(ELSEWHERE));
      case "erase_secret" -> webhooks.eraseSecret(bot);
      default -> throw ControlError.badRequest("act is steal or erase_secret");
    }
    parts.feed().changed("webhook");
    show(ctx, bot);
  }

  private void show(Context ctx, SandboxBot bot) {
    var json = parts.botApi().webhooks().view(bot);
    json.set("deliveries", BotApiJson.MAPPER.valueToTree(parts.botApi().webhooks().counts(bot)));
    ControlParts.write(ctx, 200, json);
  }

  private SandboxBot bot(Context ctx) {
    return parts.bot(ctx.pathParam("bot"));
  }
}
