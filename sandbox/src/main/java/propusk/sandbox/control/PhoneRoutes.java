package propusk.sandbox.control;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import propusk.sandbox.dc.AcceptOutcome.Accepted;
import propusk.sandbox.dc.AcceptOutcome.AlreadyAccepted;
import propusk.sandbox.dc.AcceptOutcome.Expired;
import propusk.sandbox.dc.AcceptOutcome.Invalid;
import propusk.sandbox.dc.RevocationKind;

/// What a person does with a phone: scan a login code, see the devices and end them.
final class PhoneRoutes {
  private static final Pattern LOGIN_LINK =
      Pattern.compile("tg://login/?\\?token=[A-Za-z0-9_=-]{16,512}", Pattern.CASE_INSENSITIVE);

  private final ControlParts parts;

  PhoneRoutes(ControlParts parts) {
    this.parts = parts;
  }

  void add(JavalinConfig config) {
    config.routes.get("/sandbox/codes", ctx -> ControlParts.write(ctx, 200, codes()));
    config.routes.get("/sandbox/codes/picture.svg", this::draw);
    config.routes.post("/sandbox/codes/read", this::readPicture);
    config.routes.post("/sandbox/users/{id}/scan", this::scan);
    config.routes.get(
        "/sandbox/sessions", ctx -> ControlParts.write(ctx, 200, parts.dataCentre().holders()));
    config.routes.get("/sandbox/users/{id}/sessions", this::sessions);
    config.routes.delete("/sandbox/users/{id}/sessions/{sid}", this::end);
    config.routes.delete("/sandbox/users/{id}/sessions", this::endAll);
  }

  private Object codes() {
    return parts.dataCentre().pendingTokens();
  }

  private void draw(Context ctx) {
    var link = Optional.ofNullable(ctx.queryParam("link")).orElse("");
    if (!LOGIN_LINK.matcher(link).matches()) {
      throw ControlError.of(LinkRefusal.NOT_A_LOGIN_LINK);
    }
    ctx.contentType("image/svg+xml").result(CodePicture.svg(link));
  }

  private void readPicture(Context ctx) {
    var link =
        Screenshot.read(ctx.bodyAsBytes())
            .orElseThrow(() -> ControlError.of(LinkRefusal.NO_QR_CODE));
    ControlParts.write(ctx, 200, Map.of("link", link));
  }

  private void scan(Context ctx) {
    var person = parts.person(ctx);
    var link = ControlBody.of(ctx).text("link").strip();
    if (!LOGIN_LINK.matcher(link).matches()) {
      throw ControlError.of(LinkRefusal.NOT_A_LOGIN_LINK);
    }
    var session =
        switch (parts.dataCentre().accept(person.id(), link)) {
          case Accepted(var id) -> id;
          case Expired(), AlreadyAccepted() -> throw ControlError.of(LinkRefusal.OLD_CODE);
          case Invalid() -> throw ControlError.of(LinkRefusal.REAL_TELEGRAM);
        };
    parts.feed().changed("sessions");
    var waits = person.password().isPresent();
    ControlParts.write(ctx, 200, Map.of("session", session, "password_needed", waits));
  }

  private void sessions(Context ctx) {
    ControlParts.write(ctx, 200, parts.dataCentre().sessions(parts.person(ctx).id()));
  }

  private void end(Context ctx) {
    var person = parts.person(ctx);
    var id = ctx.pathParam("sid");
    var own =
        parts.dataCentre().sessions(person.id()).stream()
            .anyMatch(session -> Long.toString(session.id()).equals(id));
    if (!own || !parts.dataCentre().revoke(Long.parseLong(id), kind(ctx))) {
      throw ControlError.notFound("user " + person.id() + " has no session " + id);
    }
    parts.feed().changed("sessions");
    ControlParts.write(ctx, 200, Map.of());
  }

  private void endAll(Context ctx) {
    var kind = kind(ctx);
    for (var session : parts.dataCentre().sessions(parts.person(ctx).id())) {
      parts.dataCentre().revoke(session.id(), kind);
    }
    parts.feed().changed("sessions");
    ControlParts.write(ctx, 200, Map.of());
  }

  private static RevocationKind kind(Context ctx) {
    var named =
        Optional.ofNullable(ctx.queryParam("kind"))
            .orElse("SESSION_REVOKED")
            .toUpperCase(Locale.ROOT);
    return Stream.of(RevocationKind.values())
        .filter(kind -> kind.name().equals(named))
        .findFirst()
        .orElseThrow(() -> ControlError.badRequest("unknown kind " + named));
  }
}
