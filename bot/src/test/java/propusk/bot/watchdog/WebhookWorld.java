package propusk.bot.watchdog;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.javalin.Javalin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import propusk.bot.BotFixture;
import propusk.bot.BotModule;
import propusk.bot.Updates;
import propusk.domain.seal.Secret;
import propusk.sandbox.person.SandboxPerson;
import tools.jackson.databind.JsonNode;

/// Processes whose updates Telegram brings, behind one address, with one admin.
final class WebhookWorld implements AutoCloseable {
  static final String CRON = "the-cron-secret";
  static final long BOT = 7_000_000_001L;
  private static final Secret SECRET = new Secret("the-secret-that-Telegram-was-told");

  final BotFixture bot = new BotFixture();
  final SandboxPerson admin;
  final String url;
  private final List<BotModule> processes = new ArrayList<>();
  private final List<Javalin> servers = new ArrayList<>();
  private final HttpClient http = HttpClient.newHttpClient();

  WebhookWorld() {
    admin = bot.person("en");
    admin.send("/start");
    admin.awaitMessage("Hello");
    bot.stopBot();
    url = "http://127.0.0.1:" + freePort();
  }

  /// Another process; the first one listens at [#url].
  WebhookWorld start() {
    var process =
        bot.process(
            new Updates.Webhook(SECRET, BOT), url, Optional.of(new Secret(CRON)), List.of(admin));
    var server = Javalin.create(process::routes);
    server.start("127.0.0.1", servers.isEmpty() ? URI.create(url).getPort() : 0);
    servers.add(server);
    processes.add(process);
    process.start();
    return this;
  }

  /// What `getWebhookInfo` tells, and whether a secret is set.
  JsonNode telegramSide() {
    return bot.client.get("/sandbox/bots/" + BOT + "/webhook");
  }

  void meddle(String act) {
    bot.client.post("/sandbox/bots/" + BOT + "/webhook", Map.of("act", act));
  }

  long calls(String method) {
    return bot.sandbox.world().calls().count(method);
  }

  /// The answer of the first process for its bot.
  JsonObject lookNow() {
    var answer = get(0, CronRoute.PATH, "Bearer " + CRON);
    if (answer.statusCode() != 200) {
      throw new AssertionError(answer.statusCode() + " " + answer.body());
    }
    return JsonParser.parseString(answer.body())
        .getAsJsonObject()
        .getAsJsonArray("bots")
        .get(0)
        .getAsJsonObject();
  }

  HttpResponse<String> get(int process, String path, String authorization) {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + servers.get(process).port() + path))
            .header("Authorization", authorization)
            .build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    servers.forEach(Javalin::stop);
    processes.forEach(BotModule::close);
    http.close();
    bot.restartBot();
    bot.close();
  }
}
