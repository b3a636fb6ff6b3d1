package propusk.bot.watchdog;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.javalin.http.Context;
import io.javalin.http.UnauthorizedResponse;
import java.security.MessageDigest;
import java.util.Optional;
import propusk.bot.watchdog.Watchdog.Look;
import propusk.domain.seal.Secret;
import propusk.domain.webhook.WebhookCheck;

/// `GET /api/cron/check-webhook`: looks after the webhooks now and answers what was seen and done.
/// Whoever has no secret gets 401, and so does everybody where none is configured.
public final class CronRoute {
  /// Where it is.
  public static final String PATH = "/api/cron/check-webhook";

  private final Watchdog watchdog;
  private final Optional<Secret> secret;

  public CronRoute(Watchdog watchdog, Optional<Secret> secret) {
    this.watchdog = watchdog;
    this.secret = secret;
  }

  /// Answers a request.
  public void answer(Context ctx) throws InterruptedException {
    var shown = Optional.ofNullable(ctx.header("Authorization")).orElse("");
    if (!allowed(shown)) {
      throw new UnauthorizedResponse();
    }
    var bots = new JsonArray();
    watchdog.lookNow().forEach(look -> bots.add(json(look)));
    var answer = new JsonObject();
    answer.add("bots", bots);
    ctx.contentType("application/json").result(answer.toString());
  }

  private boolean allowed(String shown) {
    return secret
        .map(it -> ("Bearer " + it.value()).getBytes(UTF_8))
        .map(wanted -> MessageDigest.isEqual(wanted, shown.getBytes(UTF_8)))
        .orElse(false);
  }

  private static JsonObject json(Look look) {
    var json = new JsonObject();
    json.addProperty("bot", look.botId());
    json.addProperty("looked", look.check().isEmpty() ? "in_vain" : by(look));
    look.check().ifPresent(check -> add(json, check));
    return json;
  }

  private static String by(Look look) {
    return look.byOthers() ? "by_another_process" : "now";
  }

  private static void add(JsonObject json, WebhookCheck check) {
    json.addProperty("at", check.at().toString());
    var saw = new JsonObject();
    saw.addProperty("address", check.address());
    saw.addProperty("pending_update_count", check.pending());
    check.ipAddress().ifPresent(ip -> saw.addProperty("ip_address", ip));
    check.lastErrorAt().ifPresent(at -> saw.addProperty("last_error_at", at.toString()));
    check.lastError().ifPresent(error -> saw.addProperty("last_error_message", error));
    saw.addProperty("refused_at_our_door", check.refused());
    json.add("saw", saw);
    var findings = new JsonArray();
    check.findings().forEach(findings::add);
    json.add("findings", findings);
    json.addProperty("did", check.action());
    json.addProperty("outcome", check.outcome());
  }
}
