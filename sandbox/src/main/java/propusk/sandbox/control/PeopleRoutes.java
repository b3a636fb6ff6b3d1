package propusk.sandbox.control;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.util.Map;
import java.util.Optional;
import propusk.sandbox.world.NewPerson;
import propusk.sandbox.world.Person;

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
      var person = parts.world().people().create(wanted);
      parts.feed().changed("people");
      ControlParts.write(ctx, 201, Map.of("id", person.id()));
    } catch (IllegalArgumentException refused) {
      throw ControlError.badRequest(String.valueOf(refused.getMessage()));
    }
  }

  /// Takes `password` (null or empty removes it), `language`, `first_name`, `last_name`.
  private void change(Context ctx) {
    var person = parts.person(ctx);
    var body = ControlBody.of(ctx);
    var json = body.json();
    var changed =
        new Person(
            person.id(),
            body.find("first_name").orElse(person.firstName()),
            json.has("last_name") ? body.find("last_name") : person.lastName(),
            person.username(),
            person.phone(),
            json.has("password") ? body.find("password") : person.password(),
            body.find("language").or(() -> Optional.of(person.language())).orElseThrow());
    parts.world().people().store(changed);
    parts.feed().changed("people");
    ControlParts.write(ctx, 200, changed);
  }
}
