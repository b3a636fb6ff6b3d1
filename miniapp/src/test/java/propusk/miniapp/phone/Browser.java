package propusk.miniapp.phone;

import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import propusk.miniapp.MiniAppWorld;
import tools.jackson.databind.JsonNode;

/// A browser without a screen: keeps cookies and fills in forms.
public final class Browser {
  private static final Pattern FORM_TOKEN =
      Pattern.compile("name=\"form_token\" value=\"([^\"]*)\"");

  private final MiniAppWorld world;
  private final String address;
  private final Map<String, String> cookies = new TreeMap<>();
  private String page = "";
  private String shown = "";

  /// @param address where it comes from, as our proxy says
  public Browser(MiniAppWorld world, String address) {
    this.world = world;
    this.address = address;
  }

  public HttpResponse<String> json(String path, Map<String, String> body) {
    var text = world.json.writeValueAsString(body);
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .header("Origin", world.base.toString())
            .POST(BodyPublishers.ofString(text)));
  }

  /// Opens a page, following where it leads.
  public HttpResponse<String> open(String path) {
    return follow(send(request(path).header("Accept", "text/html").GET()));
  }

  /// Asks for JSON, following nowhere.
  public HttpResponse<String> get(String path) {
    return send(request(path).GET());
  }

  /// Where it is by now: path and query.
  public String address() {
    return shown;
  }

  HttpResponse<String> submit(Map<String, String> fields) {
    return submit("/login/phone", fields);
  }

  /// Sends a form of the page that is open, and follows where it leads.
  public HttpResponse<String> submit(String path, Map<String, String> fields) {
    var all = new TreeMap<>(fields);
    var token = FORM_TOKEN.matcher(page);
    all.putIfAbsent("form_token", token.find() ? token.group(1) : "");
    var form =
        all.entrySet().stream()
            .map(field ->
                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return follow(
        send(
            request(path)
                .header("Accept", "text/html")
                .header("Origin", "null")
                .header("Sec-Fetch-Site", "same-origin")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))));
  }

  public String page() {
    return page;
  }

  public Map<String, String> cookies() {
    return cookies;
  }

  public JsonNode tree(HttpResponse<String> answer) {
    return world.tree(answer.body());
  }

  private HttpRequest.Builder request(String path) {
    var request =
        HttpRequest.newBuilder(world.base.resolve(path))
            .header("X-Forwarded-For", address)
            .header("Accept-Language", "ru");
    if (!cookies.isEmpty()) {
      request.header(
          "Cookie",
          cookies.entrySet().stream()
              .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
              .collect(Collectors.joining("; ")));
    }
    return request;
  }

  private HttpResponse<String> follow(HttpResponse<String> answer) {
    var now = answer;
    while (now.statusCode() == 303) {
      var path = now.headers().firstValue("Location").orElseThrow();
      now = send(request(path).header("Accept", "text/html").GET());
    }
    page = now.body();
    shown = now.uri().getPath() + (now.uri().getQuery() == null ? "" : "?" + now.uri().getQuery());
    return now;
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    var answer = world.send(request);
    for (var header : answer.headers().allValues("Set-Cookie")) {
      var pair = header.substring(0, header.indexOf(';')).split("=", 2);
      if (header.contains("Max-Age=0")) {
        cookies.remove(pair[0]);
      } else {
        cookies.put(pair[0], pair[1]);
      }
    }
    return answer;
  }
}
