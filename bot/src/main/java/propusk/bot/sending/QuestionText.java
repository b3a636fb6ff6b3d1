package propusk.bot.sending;

import com.pengrad.telegrambot.request.BaseRequest;
import com.pengrad.telegrambot.response.BaseResponse;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Finds the words of a question to a person when it is sent.
public interface QuestionText {

  /// @return empty when it is answered, or too late
  Optional<BaseRequest<?, ? extends BaseResponse>> signInAsked(
      Handle handle, String signInId, long chatId);
}
