package propusk.sandbox.control;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The control API under `/sandbox`: its routes and the one writer of its errors.
public final class ControlRoutes {
  private final ControlParts parts;
  private final PhoneWatch watch;

  public ControlRoutes(ControlParts parts, PhoneWatch watch) {
    this.parts = parts;
    this.watch = watch;
  }

  public void add(JavalinConfig config) {
    new PeopleRoutes(parts).add(config);
    new ChatRoutes(parts, InstantSource.system()).add(config);
    new PhoneRoutes(parts).add(config);
    new WidgetRoutes(parts, InstantSource.system()).add(config);
    new CodeRoutes(parts).add(config);
    new GroupRoutes(parts).add(config);
    new WorldRoutes(parts).add(config);
    new WebhookRoutes(parts).add(config);
    new ChangeRoutes(parts, watch).add(config);
    config.routes.exception(ControlError.class, (error, ctx) -> refuse(ctx, error));
  }

  private static void refuse(Context ctx, ControlError error) {
    var russian =
        Optional.ofNullable(ctx.header("Accept-Language"))
            .orElse("")
            .toLowerCase(Locale.ROOT)
            .startsWith("ru");
    var english = String.valueOf(error.getMessage());
    var body =
        error
            .link()
            .map(link ->
                Map.of(
                    "code",
                    error.code(),
                    "message",
                    russian ? link.russian() : link.english(),
                    "message_ru",
                    link.russian(),
                    "message_en",
                    link.english()))
            .orElseGet(() -> Map.of("code", error.code(), "message", english));
    ControlParts.write(ctx, error.status(), Map.of("error", body));
  }
}
