package propusk.miniapp.edge;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import propusk.domain.seal.Hashes;

/// Scripts, styles and pictures, read once from the class path and served under names that carry a
/// hash of their content, so that browsers may keep them for ever.
public final class Assets {
  private final Map<String, Asset> byName = new LinkedHashMap<>();
  private final Map<String, Asset> byPath = new LinkedHashMap<>();

  /// @param names in such an order that a script comes after those it imports
  public Assets(Class<?> beside, List<String> names) {
    for (var name : names) {
      var asset = asset(name, read(beside, name));
      byName.put(name, asset);
      byPath.put(asset.path(), asset);
    }
  }

  /// Where a browser finds the asset called `name`.
  public String path(String name) {
    var asset = byName.get(name);
    if (asset == null) {
      throw new IllegalArgumentException("no asset " + name);
    }
    return asset.path();
  }

  /// Answers a request for an asset; an unknown or old name is refused.
  public void serve(Context ctx) {
    Optional.ofNullable(byPath.get(ctx.path()))
        .orElseThrow(() -> new Refused(Problem.NOT_FOUND))
        .send(ctx);
  }

  private Asset asset(String name, byte[] bytes) {
    var content = name.endsWith(".js") ? withHashedImports(bytes) : bytes;
    var hash = HexFormat.of().formatHex(Hashes.sha256(content), 0, 5);
    int dot = name.lastIndexOf('.');
    var path = "/assets/" + name.substring(0, dot) + "." + hash + name.substring(dot);
    return new Asset(path, contentType(name.substring(dot)), content);
  }

  /// `import … from './telegram.js'` names a file; browsers must ask for its hashed name.
  private byte[] withHashedImports(byte[] bytes) {
    var script = new String(bytes, UTF_8);
    for (var imported : byName.entrySet()) {
      script =
          script.replace("'./" + imported.getKey() + "'", "'" + imported.getValue().path() + "'");
    }
    if (script.contains("from './")) {
      throw new IllegalArgumentException("a script imports one that comes later");
    }
    return script.getBytes(UTF_8);
  }

  private static byte[] read(Class<?> beside, String name) {
    try (var stream = beside.getResourceAsStream("assets/" + name)) {
      if (stream == null) {
        throw new IllegalArgumentException("no asset " + name);
      }
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String contentType(String extension) {
    return switch (extension) {
      case ".js" -> "text/javascript; charset=utf-8";
      case ".css" -> "text/css; charset=utf-8";
      case ".svg" -> "image/svg+xml";
      default -> throw new IllegalArgumentException("no content type for " + extension);
    };
  }
}
