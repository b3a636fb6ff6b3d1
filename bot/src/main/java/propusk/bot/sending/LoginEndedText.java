package propusk.bot.sending;

import com.pengrad.telegrambot.request.BaseRequest;
import com.pengrad.telegrambot.response.BaseResponse;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Finds the words for the end of a login when its message is sent.
public interface LoginEndedText {

  /// @return empty when there is nothing to say
  Optional<BaseRequest<?, ? extends BaseResponse>> find(Handle handle, String loginId, long chatId);

  /// The words for the moment when Telegram lets the person try again.
  ///
  /// @return empty when they have gone on already
  Optional<BaseRequest<?, ? extends BaseResponse>> mayGoOn(
      Handle handle, String loginId, long chatId);
}
