package propusk.miniapp.signin;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;
import propusk.domain.account.Language;
import propusk.miniapp.MiniAppModule;
import propusk.miniapp.page.Shells;
import propusk.miniapp.page.Words;
import tools.jackson.databind.ObjectMapper;

/// `GET /signin.js`: the script that our own pages and those of other sites embed, with its style
/// and its words in the reader's language. Its address never changes, so browsers keep it for
/// minutes only; it is the one thing here that other sites may load.
final class SiteScript {
  private static final String PREFIX = "modal.";

  private final Map<Language, byte[]> byLanguage = new EnumMap<>(Language.class);

  SiteScript(Shells shells, ObjectMapper json) {
    var style = read("embed.css").lines().collect(Collectors.joining());
    // Indentation and comments stay with us.
    var script =
        read("embed.js")
            .lines()
            .map(String::strip)
            .filter(line -> !line.startsWith("//") && !line.startsWith("/**"))
            .collect(Collectors.joining("\n"))
            .replace("STYLE", json.writeValueAsString(style));
    for (var language : Language.values()) {
      var filled = script.replace("WORDS", words(shells.words(language), json));
      byLanguage.put(language, filled.getBytes(UTF_8));
    }
  }

  void add(RoutesConfig routes) {
    routes.get("/signin.js", this::serve);
  }

  private void serve(Context ctx) {
    ctx.header("Cache-Control", "public, max-age=300");
    ctx.header("Cross-Origin-Resource-Policy", "cross-origin");
    ctx.header("Vary", "Accept-Language");
    var script = byLanguage.get(Shells.siteLanguage(ctx));
    if (script == null) {
      throw new AssertionError("every language has a script");
    }
    ctx.contentType("text/javascript; charset=utf-8").result(script);
  }

  private static String words(Words words, ObjectMapper json) {
    var node = json.createObjectNode().put("lang", words.language().code());
    words.messages().keys(words.language()).stream()
        .filter(key -> key.startsWith(PREFIX))
        .sorted()
        .forEach(key -> node.put(key.substring(PREFIX.length()), words.open(key)));
    return node.toString();
  }

  private static String read(String name) {
    try (var stream = MiniAppModule.class.getResourceAsStream("assets/" + name)) {
      if (stream == null) {
        throw new IllegalStateException("no asset " + name);
      }
      return new String(stream.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
