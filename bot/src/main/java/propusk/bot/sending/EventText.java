package propusk.bot.sending;

import com.pengrad.telegrambot.request.BaseRequest;
import com.pengrad.telegrambot.response.BaseResponse;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Finds the words for an organization's news when the message is sent.
public interface EventText {

  /// @return empty when there is nothing to say any more
  Optional<BaseRequest<?, ? extends BaseResponse>> newEvent(
      Handle handle, String eventId, long chatId);

  /// For who had a place.
  ///
  /// @return empty when there is nothing to say any more
  Optional<BaseRequest<?, ? extends BaseResponse>> eventCancelled(
      Handle handle, String eventId, long chatId);
}
