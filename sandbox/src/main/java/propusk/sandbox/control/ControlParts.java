package propusk.sandbox.control;

import io.javalin.http.Context;
import propusk.sandbox.botapi.BotApi;
import propusk.sandbox.botapi.BotApiJson;
import propusk.sandbox.botapi.ChangeFeed;
import propusk.sandbox.botapi.SandboxBot;
import propusk.sandbox.botapi.ServiceChat;
import propusk.sandbox.dc.DataCentre;
import propusk.sandbox.world.Person;
import propusk.sandbox.world.World;

/// What the control API moves.
///
/// @param signingKeyHex the public half of the key that signs init data for third parties
public record ControlParts(
    World world,
    DataCentre dataCentre,
    BotApi botApi,
    ChangeFeed feed,
    String webUrl,
    String signingKeyHex,
    Runnable settle) {

  Person person(Context ctx) {
    return person(ctx.pathParam("id"));
  }

  private Person person(String id) {
    if (!id.matches("\\d{1,18}")) {
      throw ControlError.badRequest("a user's id is a number");
    }
    return world
        .people()
        .find(Long.parseLong(id))
        .orElseThrow(() -> ControlError.notFound("there is no user " + id));
  }

  /// A bot by id, or by username with or without `@`; the first bot if none is named.
  SandboxBot bot(String named) {
    var bare = named.startsWith("@") ? named.substring(1) : named;
    if (bare.isEmpty()) {
      return botApi.bots().getFirst();
    }
    return botApi.bots().stream()
        .filter(bot -> Long.toString(bot.id()).equals(bare) || bot.username().equals(bare))
        .findFirst()
        .orElseThrow(() -> ControlError.notFound("there is no bot " + named));
  }

  SandboxBot bot(ControlBody body) {
    return bot(body.json().path("bot").asString(""));
  }

  /// A chat partner for reading: a bot, or Telegram itself (`telegram`, 777000).
  SandboxBot partner(String named) {
    var service = ServiceChat.TELEGRAM;
    boolean meant = named.equals(service.username()) || named.equals(Long.toString(service.id()));
    return meant ? service : bot(named);
  }

  static void write(Context ctx, int status, Object value) {
    ctx.status(status)
        .contentType("application/json")
        .result(BotApiJson.MAPPER.writeValueAsString(value));
  }
}
