package propusk.miniapp.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/// Renders pages from the templates that the build compiled.
public final class Templates {
  private final TemplateEngine engine =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, Templates.class.getClassLoader(), "propusk.miniapp.templates");

  public Templates() {
    engine.setTrimControlStructures(true);
  }

  /// Answers with the page that the template `name` makes of its one parameter `page`.
  public void show(Context ctx, int status, String name, Object page) {
    ctx.status(status).contentType("text/html; charset=utf-8").result(html(name, page));
  }

  /// A part of a page, for a script to put in its place.
  public String text(String name, Object page) {
    return new String(html(name, page), UTF_8);
  }

  private byte[] html(String name, Object page) {
    var output = new Utf8ByteOutput();
    engine.render(name + ".jte", page, output);
    var bytes = new ByteArrayOutputStream(output.getContentLength());
    try {
      output.writeTo(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
