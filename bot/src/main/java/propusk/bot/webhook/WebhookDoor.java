package propusk.bot.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import propusk.bot.api.UpdateBatch;

/// `POST /telegram/webhook/{bot}`, where `{bot}` is the bot's id: an update is answered with an
/// empty 200 once it is committed, and with 503 where it cannot be. A stranger, who does not have
/// the secret of that bot, gets 401 before a byte of the body is read, and the same for a bot that
/// is not ours. Stands before Javalin, on Jetty's own asynchronous responses.
///
/// @see <a href="https://core.telegram.org/bots/api#setwebhook">setWebhook</a>
public final class WebhookDoor extends Handler.Wrapper {
  /// The rest of the path is the bot's id.
  public static final String PATH = "/telegram/webhook/";

  private static final String SECRET = "X-Telegram-Bot-Api-Secret-Token";

  /// A text has 4096 characters at most, with what it answers to and its buttons far below this.
  private static final int MAX_BODY = 1024 * 1024;

  /// What is too large is read away up to here: a connection that closes on somebody who still
  /// writes is reset, and the answer lost with it.
  private static final int MAX_READ_AWAY = 8 * MAX_BODY;

  private static final int RETRY_AFTER_SECONDS = 2;

  private final Map<String, WebhookBot> bots;

  /// @param bots by id
  public WebhookDoor(Map<String, WebhookBot> bots) {
    this.bots = Map.copyOf(bots);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    var path = Request.getPathInContext(request);
    if (!path.startsWith(PATH) || !request.getMethod().equals("POST")) {
      return super.handle(request, response, callback);
    }
    var bot = bots.get(path.substring(PATH.length()));
    if (bot == null || !bot.isSecret(request.getHeaders().get(SECRET))) {
      answer(response, callback, HttpStatus.UNAUTHORIZED_401);
      return true;
    }
    receive(bot, request, response, callback);
    return true;
  }

  private static void receive(WebhookBot bot, Request request, Response response, Callback callback)
      throws IOException {
    var body = body(request);
    if (body.isEmpty()) {
      answer(response, callback, HttpStatus.PAYLOAD_TOO_LARGE_413);
      return;
    }
    var update = UpdateBatch.read(new String(body.get(), UTF_8));
    if (update.isEmpty()) {
      answer(response, callback, HttpStatus.BAD_REQUEST_400);
      return;
    }
    bot.group()
        .store(
            update.get(),
            kept ->
                answer(
                    response,
                    callback,
                    kept ? HttpStatus.OK_200 : HttpStatus.SERVICE_UNAVAILABLE_503));
  }

  /// Empty when it is too large.
  private static Optional<byte[]> body(Request request) throws IOException {
    try (var in = Content.Source.asInputStream(request)) {
      var bytes = in.readNBytes(MAX_BODY + 1);
      if (bytes.length <= MAX_BODY) {
        return Optional.of(bytes);
      }
      in.skip(MAX_READ_AWAY);
      return Optional.empty();
    }
  }

  /// Never with a body: Telegram would execute one that names a method.
  private static void answer(Response response, Callback callback, int status) {
    response.setStatus(status);
    if (status == HttpStatus.SERVICE_UNAVAILABLE_503) {
      response.getHeaders().put(HttpHeader.RETRY_AFTER, RETRY_AFTER_SECONDS);
    }
    callback.succeeded();
  }
}
