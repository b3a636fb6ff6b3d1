package propusk.bot.sending;

import com.pengrad.telegrambot.request.BaseRequest;
import com.pengrad.telegrambot.response.BaseResponse;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Finds the words for a registration's code, and makes the code: it is kept nowhere.
public interface RegistrationText {

  /// @return empty when nobody waits for the code any more
  Optional<BaseRequest<?, ? extends BaseResponse>> registrationCode(
      Handle handle, String registrationId, long chatId);
}
