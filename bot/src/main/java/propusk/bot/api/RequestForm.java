package propusk.bot.api;

import com.google.gson.Gson;
import com.pengrad.telegrambot.request.BaseRequest;
import com.pengrad.telegrambot.response.BaseResponse;
import com.pengrad.telegrambot.utility.BotUtils;
import java.util.LinkedHashMap;
import java.util.Map;

/// A Bot API request as text, to be kept and asked later.
public final class RequestForm {
  private static final Gson JSON = new Gson();

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
