package propusk.bot.api;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.pengrad.telegrambot.TelegramBot;
import com.pengrad.telegrambot.model.WebhookInfo;
import com.pengrad.telegrambot.request.BaseRequest;
import com.pengrad.telegrambot.request.GetMe;
import com.pengrad.telegrambot.request.GetWebhookInfo;
import com.pengrad.telegrambot.response.BaseResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import okhttp3.FormBody;
import okhttp3.OkHttpClient;
import okhttp3.Request;

/// One bot's way to the Bot API. The token is a part of every address, so nothing here logs an
/// address, a request or an exception's message, and the client is built without its debug
/// interceptor. Safe for use by many threads; [#close] ends calls that are under way.
public final class BotApi implements AutoCloseable {
  /// What we handle; Telegram keeps the list until another is given.
  public static final Set<String> KINDS = Set.of("message", "callback_query", "my_chat_member");

  private static final String ALLOWED_UPDATES = new Gson().toJson(KINDS);

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(15);
  private static final int UPDATES_AT_ONCE = 100;

  private final OkHttpClient http;
  private final TelegramBot client;
  private final String base;

  public BotApi(BotAccess access) {
    this.http =
        new OkHttpClient.Builder()
            .connectTimeout(CONNECT)
            .readTimeout(ANSWER)
            .writeTimeout(ANSWER)
            .build();
    this.client =
        new TelegramBot.Builder(access.token().value())
            .apiUrl(access.apiUrl() + "/bot")
            .okHttpClient(http)
            .build();
    this.base = access.apiUrl() + "/bot" + access.token().value();
  }

  /// Asks once.
  public Answer ask(BaseRequest<?, ? extends BaseResponse> request) {
    try {
      return answer(client.execute(request));
    } catch (RuntimeException e) {
      return new Answer.Unavailable(reason(e));
    }
  }

  /// Our own username, when Telegram tells it.
  public Optional<String> username() {
    try {
      var me = client.execute(new GetMe());
      return me != null && me.isOk() ? Optional.ofNullable(me.user().username()) : Optional.empty();
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  /// Where updates are brought, when Telegram tells it.
  public Optional<WebhookInfo> webhook() {
    try {
      var told = client.execute(new GetWebhookInfo());
      return told != null && told.isOk()
          ? Optional.ofNullable(told.webhookInfo())
          : Optional.empty();
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  /// Waits up to `wait` for updates from `offset` on; asking confirms all before it. The updates
  /// are read from the raw answer: the client's own types would drop what they do not know.
  public Polled poll(long offset, Duration wait) {
    var form =
        new FormBody.Builder()
            .add("offset", Long.toString(offset))
            .add("limit", Integer.toString(UPDATES_AT_ONCE))
            .add("timeout", Long.toString(wait.toSeconds()))
            .add("allowed_updates", ALLOWED_UPDATES)
            .build();
    var patient = http.newBuilder().readTimeout(wait.plus(ANSWER)).build();
    var request = new Request.Builder().url(base + "/getUpdates").post(form).build();
    try (var response = patient.newCall(request).execute()) {
      return polled(JsonParser.parseString(response.body().string()).getAsJsonObject(), offset);
    } catch (Exception e) {
      // OkHttp, written in Kotlin, lets an interruption through without declaring it.
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      return new Polled.Failed(new Answer.Unavailable(reason(e)));
    }
  }

  @Override
  public void close() {
    http.dispatcher().cancelAll();
    http.connectionPool().evictAll();
  }

  private static Polled polled(JsonObject body, long offset) {
    if (body.has("ok") && body.get("ok").getAsBoolean()) {
      var array = body.getAsJsonArray("result");
      var updates = UpdateBatch.read(array);
      if (updates.isEmpty() && !array.isEmpty()) {
        return new Polled.Failed(new Answer.Unavailable("unnumbered"));
      }
      long next = offset;
      for (var update : updates) {
        next = Math.max(next, update.updateId() + 1);
      }
      return new Polled.Updates(updates, next);
    }
    int code = body.has("error_code") ? body.get("error_code").getAsInt() : 0;
    int retryAfter =
        body.get("parameters") instanceof JsonObject parameters && parameters.has("retry_after")
            ? parameters.get("retry_after").getAsInt()
            : 0;
    return new Polled.Failed(Answer.refusal(code, retryAfter));
  }

  private static Answer answer(BaseResponse response) {
    if (response == null) {
      return new Answer.Unavailable("empty_answer");
    }
    if (response.isOk()) {
      return new Answer.Taken();
    }
    var parameters = response.parameters();
    var retryAfter = parameters == null ? null : parameters.retryAfter();
    return Answer.refusal(response.errorCode(), retryAfter == null ? 0 : retryAfter);
  }

  /// A class name only: messages may hold the address.
  private static String reason(Exception e) {
    return (e.getCause() == null ? e : e.getCause()).getClass().getSimpleName();
  }
}
