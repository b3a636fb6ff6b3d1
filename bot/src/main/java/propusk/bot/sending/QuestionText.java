package propusk.bot.sending;

import com.pengrad.telegrambot.request.BaseRequest;
import com.pengrad.telegrambot.response.BaseResponse;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Finds the words about browsers that enter when they are sent: questions and warnings.
public interface QuestionText {

  /// @return empty when the device is not known any more
  Optional<BaseRequest<?, ? extends BaseResponse>> deviceStolen(
      Handle handle, String deviceId, long chatId);

  /// @return empty when it is answered, or too late
  Optional<BaseRequest<?, ? extends BaseResponse>> signInAsked(
      Handle handle, String signInId, long chatId);
}
