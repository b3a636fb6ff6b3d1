package propusk.bot.api;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.pengrad.telegrambot.request.BaseRequest;
import com.pengrad.telegrambot.response.BaseResponse;
import com.pengrad.telegrambot.utility.BotUtils;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A Bot API request as text, to be kept and asked later.
public final class RequestForm {
  private static final Gson JSON = new Gson();
  private static final String TELEGRAM_LINK = "tg://";

  private record Form(String method, Map<String, String> parameters) {}

  private RequestForm() {}

  public static String write(BaseRequest<?, ?> request) {
    var parameters = new LinkedHashMap<String, String>();
    request.getParameters().forEach((name, value) -> parameters.put(name, parameter(value)));
    return JSON.toJson(new Form(request.getMethod(), parameters));
  }

  public static BaseRequest<?, ? extends BaseResponse> read(String text) {
    return new KeptRequest(JSON.fromJson(text, Form.class));
  }

  /// The same without buttons that lead into Telegram itself, if it has any: the Bot API does not
  /// say which of them it takes.
  public static Optional<BaseRequest<?, ? extends BaseResponse>> withoutTelegramLinks(
      BaseRequest<?, ? extends BaseResponse> request) {
    var form = JSON.fromJson(write(request), Form.class);
    var markup = form.parameters().get("reply_markup");
    if (markup == null || !markup.contains(TELEGRAM_LINK)) return Optional.empty();
    var keyboard = JSON.fromJson(markup, JsonObject.class);
    if (!(keyboard.get("inline_keyboard") instanceof JsonArray rows)) return Optional.empty();
    var kept = new JsonArray();
    for (var row : rows) {
      var buttons = new JsonArray();
      row.getAsJsonArray().asList().stream()
          .filter(button -> !leadsIntoTelegram(button.getAsJsonObject()))
          .forEach(buttons::add);
      if (!buttons.isEmpty()) kept.add(buttons);
    }
    keyboard.add("inline_keyboard", kept);
    form.parameters().put("reply_markup", JSON.toJson(keyboard));
    return Optional.of(new KeptRequest(form));
  }

  private static boolean leadsIntoTelegram(JsonObject button) {
    return button.has("url") && button.get("url").getAsString().startsWith(TELEGRAM_LINK);
  }

  /// Plain values as they are, the others as JSON: what the client does itself when it asks.
  private static String parameter(Object value) {
    return switch (value) {
      case String text -> text;
      case Number number -> number.toString();
      case Boolean flag -> flag.toString();
      case Enum<?> constant -> constant.toString();
      default -> BotUtils.toJson(value);
    };
  }

  private static final class KeptRequest extends BaseRequest<KeptRequest, BaseResponse> {
    private final String method;

    KeptRequest(Form form) {
      super(BaseResponse.class);
      this.method = form.method();
      form.parameters().forEach(this::add);
    }

    @Override
    public String getMethod() {
      return method;
    }
  }
}
