package propusk.sandbox.control;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.util.Map;
import java.util.stream.Stream;
import propusk.sandbox.dc.DataCentre;
import propusk.sandbox.world.NewPerson;
import propusk.sandbox.world.Person;
import propusk.sandbox.world.Standing;

/// The people: who there is, somebody new, a password set or removed.
final class PeopleRoutes {
  private final ControlParts parts;

  PeopleRoutes(ControlParts parts) {
    this.parts = parts;
  }

  void add(JavalinConfig config) {
    config.routes.get(
        "/sandbox/users", ctx -> ControlParts.write(ctx, 200, parts.world().people().list()));
    config.routes.post("/sandbox/users", this::create);
    config.routes.get(
        "/sandbox/users/{id}", ctx -> ControlParts.write(ctx, 200, parts.person(ctx)));
    config.routes.patch("/sandbox/users/{id}", this::change);
  }

  private void create(Context ctx) {
    var body = ControlBody.of(ctx);
    var phone = body.text("phone");
    if (!phone.matches("\\+?[\\d ()-]{5,24}")) {
      throw ControlError.badRequest("phone must be digits, 5 to 15 of them");
    }
    var username = body.find("username");
    if (username.filter(name -> !name.matches("@?[A-Za-z]\\w{3,31}")).isPresent()) {
      throw ControlError.badRequest("username has 4 to 32 Latin letters, digits and _");
    }
    var wanted =
        new NewPerson(
            body.text("first_name"),
            body.find("last_name"),
            username,
            phone,
            body.find("password"),
            body.find("language"));
    try {
      var created = parts.world().people().create(wanted);
      var person = changed(created, body);
      parts.world().people().store(person);
      parts.feed().changed("people");
      ControlParts.write(ctx, 201, Map.of("id", person.id()));
    } catch (IllegalArgumentException refused) {
      throw ControlError.badRequest(String.valueOf(refused.getMessage()));
    }
  }

  /// Takes `password` with `hint` (a password null or empty removes both), `language`, `dc`,
  /// `standing`, `first_name`, `last_name`.
  private void change(Context ctx) {
    var body = ControlBody.of(ctx);
    var changed = changed(parts.person(ctx), body);
    parts.world().people().store(changed);
    parts.feed().changed("people");
    ControlParts.write(ctx, 200, changed);
  }

  private static Person changed(Person before, ControlBody body) {
    var json = body.json();
    var last = json.has("last_name") ? body.find("last_name") : before.lastName();
    var person = before.withNames(body.find("first_name").orElse(before.firstName()), last);
    if (json.has("password") || json.has("hint")) {
      var password = json.has("password") ? body.find("password") : person.password();
      var hint = json.has("hint") ? body.find("hint") : person.hint();
      person = person.withPassword(password, hint);
    }
    return person
        .withLanguage(body.find("language").orElse(person.language()))
        .withDc(body.findNumber("dc").map(PeopleRoutes::dc).orElse(person.dc()))
        .withStanding(body.find("standing").map(PeopleRoutes::standing).orElse(person.standing()));
  }

  private static int dc(long wanted) {
    if (wanted < 0 || wanted > DataCentre.COUNT) {
      throw ControlError.badRequest("dc is 1 to " + DataCentre.COUNT + ", or 0 for everywhere");
    }
    return (int) wanted;
  }

  private static Standing standing(String wanted) {
    return Stream.of(Standing.values())
        .filter(standing -> standing.name().equalsIgnoreCase(wanted))
        .findFirst()
        .orElseThrow(() -> ControlError.badRequest("standing is good, deleted or banned"));
  }
}
