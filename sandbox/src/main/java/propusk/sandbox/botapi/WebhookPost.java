package propusk.sandbox.botapi;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import propusk.sandbox.world.MethodFault;
import propusk.sandbox.world.World;

/// One request to a webhook, with the faults of the pretended method `webhook`.
final class WebhookPost {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Map<Integer, String> REASONS =
      Map.of(
          400, "Bad Request",
          401, "Unauthorized",
          403, "Forbidden",
          404, "Not Found",
          410, "Gone",
          429, "Too Many Requests",
          500, "Internal Server Error",
          502, "Bad Gateway",
          503, "Service Unavailable");

  /// What came of it.
  sealed interface Outcome {
    /// Any 2xx.
    record Accepted(String body) implements Outcome {}

    /// @param status 0 where there was no answer
    /// @param retryAfter in seconds, 0 where none was asked for
    record Failed(String error, int status, long retryAfter) implements Outcome {}
  }

  private final World world;
  private final HttpClient http;

  WebhookPost(World world, HttpClient http) {
    this.world = world;
    this.http = http;
  }

  Outcome send(Webhook webhook, String update) throws InterruptedException {
    var fault = world.faults().take("webhook");
    var delay = fault.flatMap(MethodFault::delayMillis);
    if (delay.isPresent()) {
      Thread.sleep(delay.get());
    }
    // As if something in front of the product answered: the product hears nothing.
    var code = fault.flatMap(MethodFault::code);
    if (code.isPresent()) {
      return refused(code.get(), fault.flatMap(MethodFault::retryAfter).orElse(0));
    }
    var outcome = post(webhook, update);
    return fault.flatMap(MethodFault::drop).orElse(false)
        ? new Outcome.Failed("Webhook connection closed", 0, 0)
        : outcome;
  }

  private Outcome post(Webhook webhook, String update) throws InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(webhook.url()))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(update));
    if (webhook.secretToken() != null) {
      request.header("X-Telegram-Bot-Api-Secret-Token", webhook.secretToken());
    }
    try {
      var answer = http.send(request.build(), BodyHandlers.ofString());
      return answer.statusCode() / 100 == 2
          ? new Outcome.Accepted(answer.body())
          : refused(answer.statusCode(), retryAfter(answer));
    } catch (HttpTimeoutException e) {
      return new Outcome.Failed("Read timeout expired", 0, 0);
    } catch (ConnectException e) {
      return new Outcome.Failed("Connection refused", 0, 0);
    } catch (IOException e) {
      return new Outcome.Failed("Webhook connection closed", 0, 0);
    }
  }

  private static Outcome refused(int status, long retryAfter) {
    var reason = Optional.ofNullable(REASONS.get(status)).map(words -> " " + words).orElse("");
    return new Outcome.Failed(
        "Wrong response from the webhook: " + status + reason, status, retryAfter);
  }

  private static long retryAfter(HttpResponse<String> answer) {
    return answer
        .headers()
        .firstValue("Retry-After")
        .filter(text -> text.matches("\\d{1,6}"))
        .map(Long::valueOf)
        .orElse(0L);
  }
}
