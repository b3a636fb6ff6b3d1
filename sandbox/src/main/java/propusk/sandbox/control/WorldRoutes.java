package propusk.sandbox.control;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import propusk.sandbox.botapi.BotApiJson;
import propusk.sandbox.world.FaultPlan;
import propusk.sandbox.world.Shelf;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/// The world itself: what it is, its clock, its faults, what it saw, and starting over.
final class WorldRoutes {
  private static final String LIMITS = "bot_api_limits";
  private static final Duration LONGEST_SKIP = Duration.ofDays(400);

  /// Invites that the page offers to send; the product makes them.
  record Invites(List<String> codes) {}

  private final ControlParts parts;
  private final Shelf<String, Invites> invites;

  WorldRoutes(ControlParts parts) {
    this.parts = parts;
    this.invites = parts.world().shelf("invite", String.class, Invites.class);
  }

  void add(JavalinConfig config) {
    config.routes.get("/sandbox/info", ctx -> ControlParts.write(ctx, 200, info()));
    config.routes.get("/sandbox/clock", this::clock);
    config.routes.post("/sandbox/clock", this::shift);
    config.routes.get("/sandbox/faults", this::faults);
    config.routes.post("/sandbox/faults", this::setFaults);
    config.routes.delete("/sandbox/faults", this::clearFaults);
    config.routes.post("/sandbox/drop", this::drop);
    config.routes.post("/sandbox/places", this::place);
    config.routes.get("/sandbox/calls", this::calls);
    config.routes.get("/sandbox/invites", this::invites);
    config.routes.put("/sandbox/invites", this::setInvites);
    config.routes.post("/sandbox/reset", this::reset);
  }

  private Object info() {
    var dataCentre = parts.dataCentre();
    var info = new LinkedHashMap<String, Object>();
    info.put(
        "dcs",
        List.of(
            Map.of(
                "id", dataCentre.dcId(),
                "host", dataCentre.host(),
                "port", dataCentre.port(),
                "secret", dataCentre.proxySecret())));
    info.put("public_key_pem", dataCentre.publicKeyPem());
    info.put("init_data_key", parts.signingKeyHex());
    var bots = new ArrayList<>();
    for (var bot : parts.botApi().bots()) {
      bots.add(
          Map.of(
              "id", bot.id(),
              "token", bot.token(),
              "username", bot.username(),
              "name", bot.name()));
    }
    info.put("bots", bots);
    info.put("web_url", parts.webUrl());
    return info;
  }

  private void clock(Context ctx) {
    var clock = parts.world().clock();
    var skipped = clock.skipped().toSeconds();
    ControlParts.write(
        ctx, 200, Map.of("now", clock.instant().toString(), "skipped_seconds", skipped));
  }

  private void shift(Context ctx) {
    var seconds = ControlBody.of(ctx).number("advance_seconds");
    if (seconds <= 0 || seconds > LONGEST_SKIP.toSeconds()) {
      throw ControlError.badRequest("advance_seconds must be 1 or more: time runs forward only");
    }
    parts.world().clock().shift(Duration.ofSeconds(seconds));
    parts.feed().changed("clock");
    clock(ctx);
  }

  private void faults(Context ctx) {
    ObjectNode json = BotApiJson.MAPPER.valueToTree(parts.world().faults().plan());
    ControlParts.write(ctx, 200, json.put(LIMITS, parts.botApi().limited()));
  }

  /// A [FaultPlan], and `bot_api_limits` (false: bots may send as fast as they like).
  private void setFaults(Context ctx) {
    var body = ControlBody.of(ctx);
    try {
      parts.world().faults().set(BotApiJson.MAPPER.treeToValue(body.json(), FaultPlan.class));
    } catch (JacksonException misfit) {
      throw ControlError.badRequest("not a fault plan: " + misfit.getOriginalMessage());
    }
    parts.botApi().limit(body.flag(LIMITS, true));
    parts.feed().changed("faults");
    faults(ctx);
  }

  private void clearFaults(Context ctx) {
    parts.world().faults().clear();
    parts.botApi().limit(true);
    parts.feed().changed("faults");
    faults(ctx);
  }

  private void drop(Context ctx) {
    parts.dataCentre().dropConnections();
    ControlParts.write(ctx, 200, Map.of());
  }

  /// The proxy secret of clients at a place: two places are two addresses for Telegram.
  private void place(Context ctx) {
    var name = ControlBody.of(ctx).text("name");
    if (!name.matches("[a-z0-9-]{1,32}")) {
      throw ControlError.badRequest("name has 1 to 32 small letters, digits and -");
    }
    ControlParts.write(ctx, 200, Map.of("secret", parts.dataCentre().proxySecret(name)));
  }

  private void calls(Context ctx) {
    var since = ctx.queryParamAsClass("since", Long.class).getOrDefault(0L);
    ControlParts.write(ctx, 200, parts.world().calls().since(since));
  }

  private void invites(Context ctx) {
    ControlParts.write(ctx, 200, invites.find("ready").map(Invites::codes).orElse(List.of()));
  }

  private void setInvites(Context ctx) {
    var codes = new ArrayList<String>();
    ControlBody.of(ctx).json().path("codes").forEach(code -> codes.add(code.asString("")));
    if (codes.size() > 20 || codes.stream().anyMatch(code -> !code.matches("[A-Za-z0-9]{4,32}"))) {
      throw ControlError.badRequest("codes: at most 20, of letters and digits");
    }
    invites.put("ready", new Invites(List.copyOf(codes)));
    parts.feed().changed("invites");
    ControlParts.write(ctx, 200, codes);
  }

  /// Forgets people, chats and sessions. Ready invites stay: the product still knows them.
  private void reset(Context ctx) {
    var kept = invites.find("ready");
    parts.world().reset();
    kept.ifPresent(codes -> invites.put("ready", codes));
    parts.botApi().limit(true);
    parts.settle().run();
    parts.feed().changed("reset");
    ControlParts.write(ctx, 200, Map.of());
  }
}
