package propusk.sandbox.control;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import propusk.sandbox.botapi.Group;
import propusk.sandbox.botapi.GroupChats;
import propusk.sandbox.world.Person;

/// What people do in groups with a bot; `by` is the id of whoever does it.
final class GroupRoutes {
  private final ControlParts parts;
  private final GroupChats groups;

  GroupRoutes(ControlParts parts) {
    this.parts = parts;
    this.groups = parts.botApi().groups();
  }

  void add(JavalinConfig config) {
    config.routes.post("/sandbox/groups", this::create);
    config.routes.get("/sandbox/groups/{id}", ctx -> ControlParts.write(ctx, 200, group(ctx)));
    config.routes.post("/sandbox/groups/{id}/{what}", this::change);
  }

  private void create(Context ctx) {
    var body = ControlBody.of(ctx);
    var made = groups.create(by(body), parts.bot(body), body.text("title"));
    ControlParts.write(ctx, 200, made);
  }

  private void change(Context ctx) {
    var group = group(ctx);
    var body = ControlBody.of(ctx);
    var by = by(body);
    var what = ctx.pathParam("what");
    var changed =
        switch (what) {
          case "join" -> groups.join(group, by);
          case "leave" -> groups.leave(group, by);
          case "title" -> groups.rename(group, by, body.text("title"));
          case "upgrade" -> groups.upgrade(group, by);
          case "bot" -> groups.botStands(group, by, standing(body));
          case "messages" -> {
            groups.say(group, by, body.text("text"));
            yield group;
          }
          default -> throw ControlError.notFound("there is no /sandbox/groups/{id}/" + what);
        };
    ControlParts.write(ctx, 200, changed);
  }

  private static String standing(ControlBody body) {
    var status = body.text("status");
    if (!status.matches("administrator|member|kicked|left")) {
      throw ControlError.badRequest("status is administrator, member, kicked or left");
    }
    return status;
  }

  private Person by(ControlBody body) {
    return parts
        .world()
        .people()
        .find(body.number("by"))
        .orElseThrow(() -> ControlError.notFound("there is no such user"));
  }

  private Group group(Context ctx) {
    var id = ctx.pathParam("id");
    if (!id.matches("-\\d{1,18}")) {
      throw ControlError.badRequest("a group's id is a number below zero");
    }
    return groups
        .find(Long.parseLong(id))
        .orElseThrow(() -> ControlError.notFound("there is no group " + id));
  }
}
