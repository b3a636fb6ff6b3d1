package propusk.app.launch;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/// Waits until a process of ours answers.
public final class Readiness {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

  private Readiness() {}

  /// Returns the first body that came with status 200.
  ///
  /// @throws IllegalStateException when `patience` is over, with what was last heard
  public static String await(String who, URI uri, Duration patience) {
    var deadline = System.nanoTime() + patience.toNanos();
    try (var client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build()) {
      var lastWords = "";
      while (System.nanoTime() < deadline) {
        try {
          var request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(5)).build();
          var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
          if (answer.statusCode() == 200) {
            return answer.body();
          }
          lastWords = answer.body().strip();
        } catch (IOException e) {
          lastWords = "it does not answer";
        }
        Thread.sleep(LOOK_AGAIN);
      }
      throw new IllegalStateException(
          "%s was not ready within %d s: %s".formatted(who, patience.toSeconds(), lastWords));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for " + who, e);
    }
  }
}
