package propusk.sandbox.page;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// `/` and its files, from the class path, under a strict content security policy.
public final class PageRoutes {
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml");

  private final String policy;
  private final List<String> botNames;

  /// @param webUrl the product's address: its pages may stand in the Mini App frame
  public PageRoutes(String webUrl, List<String> botNames) {
    this.botNames = List.copyOf(botNames);
    var web = URI.create(webUrl);
    this.policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:;"
            + " connect-src 'self'; frame-src http://localhost:* http://127.0.0.1:* "
            + web.getScheme()
            + "://"
            + web.getRawAuthority()
            + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  }

  /// A bot's own address shows the page too: it stands for `t.me/<bot>?start=…`. `/auth` stands for
  /// Telegram's OAuth host.
  public void add(JavalinConfig config) {
    config.routes.get("/", ctx -> page(ctx, "index.html"));
    config.routes.get("/auth", ctx -> page(ctx, "auth.html"));
    botNames.forEach(name -> config.routes.get("/" + name, ctx -> page(ctx, "index.html")));
    config.routes.get("/page/{file}", ctx -> serve(ctx, ctx.pathParam("file")));
  }

  private void page(Context ctx, String file) {
    serve(ctx, file);
    var language = Optional.ofNullable(ctx.header("Accept-Language")).orElse("");
    if (language.toLowerCase(Locale.ROOT).startsWith("ru")) {
      ctx.result(String.valueOf(ctx.result()).replaceFirst("lang=\"en\"", "lang=\"ru\""));
    }
  }

  private void serve(Context ctx, String file) {
    var type = TYPES.get(file.substring(file.lastIndexOf('.') + 1));
    if (type == null || !file.matches("[a-z-]+\\.[a-z]+")) {
      throw new NotFoundResponse();
    }
    try (var content = PageRoutes.class.getResourceAsStream(file)) {
      if (content == null) {
        throw new NotFoundResponse();
      }
      ctx.header("Content-Security-Policy", policy)
          .header("X-Content-Type-Options", "nosniff")
          .header("Referrer-Policy", "no-referrer")
          .header("Cache-Control", "no-cache")
          .contentType(type)
          .result(content.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
