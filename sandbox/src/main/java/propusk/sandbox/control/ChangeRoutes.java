package propusk.sandbox.control;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.Optional;

/// `GET /sandbox/changes?after=N`: waits for hints about what changed, for the page.
final class ChangeRoutes {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final ControlParts parts;
  private final PhoneWatch watch;

  ChangeRoutes(ControlParts parts, PhoneWatch watch) {
    this.parts = parts;
    this.watch = watch;
  }

  void add(JavalinConfig config) {
    config.routes.get("/sandbox/changes", this::changes);
  }

  private void changes(Context ctx) throws InterruptedException {
    var after = Optional.ofNullable(ctx.queryParam("after")).orElse("-1");
    if (!after.matches("-1|\\d{1,18}")) {
      throw ControlError.badRequest("after must be a whole number");
    }
    watch.somebodyLooks();
    ControlParts.write(ctx, 200, parts.feed().after(Long.parseLong(after), PATIENCE));
  }
}
