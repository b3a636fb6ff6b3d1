package propusk.bot.watchdog;

import com.pengrad.telegrambot.request.DeleteWebhook;
import com.pengrad.telegrambot.request.SetWebhook;
import java.time.Duration;
import java.util.Optional;
import java.util.function.IntSupplier;
import propusk.bot.api.Answer;
import propusk.bot.api.BotApi;
import propusk.domain.seal.Secret;

/// A bot whose webhook is looked after.
///
/// @param secret what Telegram shall show; none where no webhook shall be
/// @param takeRefused how many came to this process' door without it since this was last asked
public record WatchedBot(
    long id, BotApi api, Expected expected, Optional<Secret> secret, IntSupplier takeRefused) {
  /// Telegram takes one change a second: whoever comes too early waits so long at most.
  private static final Duration WAIT = Duration.ofSeconds(3);

  /// Sets the webhook as it should be. Everything is said each time: what `setWebhook` is not told
  /// it forgets. What waits is never dropped.
  ///
  /// @return `ok`, or why not
  String repair() throws InterruptedException {
    var answer = ask();
    if (answer instanceof Answer.Flood(var wait) && wait.compareTo(WAIT) <= 0) {
      Thread.sleep(wait);
      answer = ask();
    }
    return switch (answer) {
      case Answer.Taken() -> "ok";
      case Answer.Flood(_) -> "flood";
      case Answer.TokenRefused() -> "token_refused";
      case Answer.Refused(var code) -> "refused_" + code;
      case Answer.Blocked(), Answer.Conflict() -> "refused";
      case Answer.Unavailable(_) -> "unavailable";
    };
  }

  String action() {
    return switch (expected) {
      case Expected.None() -> "deleted";
      case Expected.At _ -> "set";
    };
  }

  private Answer ask() {
    return switch (expected) {
      case Expected.None() -> api.ask(new DeleteWebhook());
      case Expected.At(var url, var kinds, var connections) ->
          api.ask(
              new SetWebhook()
                  .url(url)
                  .secretToken(secret.map(Secret::value).orElseThrow())
                  .allowedUpdates(kinds.toArray(String[]::new))
                  .maxConnections(connections));
    };
  }
}
