package propusk.sandbox.page;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/// A Mini App of another origin that shows what it was given and posts what its buttons say.
final class MiniAppPage implements AutoCloseable {
  private static final String HTML =
      """
      <!doctype html><meta charset="utf-8"><title>Mini App</title>
      <p id="data"></p><p id="events"></p>
      <button id="close">close</button><button id="back">back</button><button id="link">link</button>
      <script>
        const post = (eventType, eventData) =>
          parent.postMessage(JSON.stringify({ eventType, eventData: eventData ?? null }), "*");
        addEventListener("message", (event) => {
          if (event.source === parent) {
            document.getElementById("events").textContent += JSON.parse(event.data).eventType + " ";
          }
        });
        document.getElementById("data").textContent = location.hash;
        document.getElementById("close").onclick = () => post("web_app_close");
        document.getElementById("back").onclick = () =>
          post("web_app_setup_back_button", { is_visible: true });
        document.getElementById("link").onclick = () =>
          post("web_app_open_link", { url: "https://propusk.example/connect" });
        for (const type of ["iframe_ready", "web_app_ready", "web_app_request_theme", "web_app_expand"]) {
          post(type);
        }
      </script>
      """;

  private final HttpServer server;

  private MiniAppPage(HttpServer server) {
    this.server = server;
  }

  static MiniAppPage start() throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          var bytes = HTML.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    return new MiniAppPage(server);
  }

  String url() {
    return "http://localhost:" + server.getAddress().getPort() + "/qr-auth?session_id=x";
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
