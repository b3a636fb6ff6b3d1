package propusk.sandbox.page;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;

/// `/` and its files, from the class path, under a strict content security policy.
public final class PageRoutes {
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml");

  private final String policy;

  /// @param webUrl the product's address: its pages may stand in the Mini App frame
  public PageRoutes(String webUrl) {
    var web = URI.create(webUrl);
    this.policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:;"
            + " connect-src 'self'; frame-src http://localhost:* http://127.0.0.1:* "
            + web.getScheme()
            + "://"
            + web.getRawAuthority()
            + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  }

  public void add(JavalinConfig config) {
    config.routes.get("/", ctx -> serve(ctx, "index.html"));
    config.routes.get("/page/{file}", ctx -> serve(ctx, ctx.pathParam("file")));
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
