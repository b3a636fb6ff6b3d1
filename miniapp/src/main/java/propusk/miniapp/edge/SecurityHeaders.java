package propusk.miniapp.edge;

import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.HttpFields;

/// The headers of every answer. Only the Mini App's page may stand in a frame, and only in those of
/// Telegram Web or of hosts that the operator lists.
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

  private final String framed;
  private final String unframed;

  public SecurityHeaders(List<String> frameAncestors) {
    framed = CSP + (frameAncestors.isEmpty() ? "'none'" : String.join(" ", frameAncestors));
    unframed = CSP + "'none'";
  }

  void put(String path, HttpFields.Mutable headers) {
    ALWAYS.forEach(headers::put);
    headers.put("Content-Security-Policy", isMiniApp(path) ? framed : unframed);
  }

  private static boolean isMiniApp(String path) {
    return path.equals("/qr-auth");
  }
}
