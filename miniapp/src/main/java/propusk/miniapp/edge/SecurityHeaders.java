package propusk.miniapp.edge;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.PreEncodedHttpField;

/// The headers of every answer. Only the Mini App's pages may stand in a frame, and only in those
/// of Telegram Web or of hosts that the operator lists.
public final class SecurityHeaders {
  private static final String CSP =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
          + "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors ";
  private static final Map<String, String> ALWAYS =
      Map.of(
          "Strict-Transport-Security", "max-age=31536000; includeSubDomains",
          "X-Content-Type-Options", "nosniff",
          "Referrer-Policy", "no-referrer",
          "Cross-Origin-Resource-Policy", "same-origin",
          "Permissions-Policy",
              "camera=(), microphone=(), geolocation=(), payment=(), usb=(), clipboard-write=(self)",
          "Cache-Control", "no-store");

  // Encoded once: they are on every answer.
  private final List<HttpField> framed;
  private final List<HttpField> unframed;

  public SecurityHeaders(List<String> frameAncestors) {
    framed = fields(frameAncestors.isEmpty() ? "'none'" : String.join(" ", frameAncestors));
    unframed = fields("'none'");
  }

  void put(String path, HttpFields.Mutable headers) {
    for (var field : isMiniApp(path) ? framed : unframed) {
      headers.put(field);
    }
  }

  private static List<HttpField> fields(String frameAncestors) {
    var always =
        ALWAYS.entrySet().stream()
            .<HttpField>map(header -> new PreEncodedHttpField(header.getKey(), header.getValue()));
    var csp = new PreEncodedHttpField("Content-Security-Policy", CSP + frameAncestors);
    return Stream.concat(always, Stream.of(csp)).toList();
  }

  private static boolean isMiniApp(String path) {
    return path.equals("/qr-auth") || path.equals("/app");
  }
}
