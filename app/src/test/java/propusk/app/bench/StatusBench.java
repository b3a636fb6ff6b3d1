package propusk.app.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.Javalin;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import propusk.app.story.MiniApp;
import propusk.app.story.Town;

/// How many pages that poll one web process can serve, beside a bare Javalin handler with the same
/// bytes, in turns of one run: the load and both servers share this machine.
class StatusBench {
  private static final int ROUNDS = 5;
  private static final double SECONDS = 4;

  private static Town town;

  @BeforeAll
  static void start() {
    town = Town.start();
  }

  @AfterAll
  static void end() {
    town.close();
  }

  @Test
  void statusWithABearerBesideABareHandler() throws Exception {
    var person = town.person("Илья");
    person.send("/login " + town.invite("premium", 1));
    var page = new MiniApp(person.tap(person.awaitMessage("Premium"), "QR").orElseThrow());
    page.open();
    page.link();
    int port = town.baseUrl().getPort();
    var path = "/qr-auth-status?session_id=" + page.loginId();
    var bearer = "Authorization: Bearer " + page.bearer() + "\r\n";
    var body = body(port, path, page.bearer());
    var bare =
        Javalin.create(
                config -> {
                  config.startup.showJavalinBanner = false;
                  config.routes.get(
                      "/status", ctx -> ctx.contentType("application/json").result(body));
                })
            .start(0);
    try {
      measure(port, path, bearer, bare.port(), body.length);
    } finally {
      bare.stop();
    }
  }

  private static void measure(int port, String path, String bearer, int barePort, int bytes)
      throws Exception {
    var ours = new double[ROUNDS];
    var theirs = new double[ROUNDS];
    HttpLoad.perSecond(port, path, bearer, 10);
    HttpLoad.perSecond(barePort, "/status", "", 10);
    for (int i = 0; i < ROUNDS; i++) {
      ours[i] = HttpLoad.perSecond(port, path, bearer, SECONDS);
      theirs[i] = HttpLoad.perSecond(barePort, "/status", "", SECONDS);
    }
    var ratios = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      ratios[i] = ours[i] / theirs[i];
    }
    Figures.say("status with bearer, " + bytes + " bytes", Math.round(Figures.median(ours)) + "/s");
    Figures.say("bare Javalin handler, the same bytes", Math.round(Figures.median(theirs)) + "/s");
    Figures.say(
        "ratio, median of " + ROUNDS + " rounds", Math.round(100 * Figures.median(ratios)) + " %");
  }

  private static byte[] body(int port, String path, String bearer) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
            .header("Authorization", "Bearer " + bearer)
            .build();
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.ofString()).body().getBytes(UTF_8);
    }
  }
}
