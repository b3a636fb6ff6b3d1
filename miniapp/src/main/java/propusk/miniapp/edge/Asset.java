package propusk.miniapp.edge;

import io.javalin.http.Context;

/// A file for browsers under a path that changes with its content, such as
/// `/assets/qr-auth.1f3a5c7e9b.js`.
final class Asset {
  private final String path;
  private final String contentType;
  private final byte[] content;

  Asset(String path, String contentType, byte[] content) {
    this.path = path;
    this.contentType = contentType;
    this.content = content;
  }

  String path() {
    return path;
  }

  void send(Context ctx) {
    ctx.header("Cache-Control", "public, max-age=31536000, immutable");
    ctx.contentType(contentType).result(content);
  }
}
