package propusk.bot.sending;

import com.pengrad.telegrambot.request.BaseRequest;
import com.pengrad.telegrambot.response.BaseResponse;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Finds the words for news about a person's own account when the message is sent.
public interface NoticeText {

  /// @return empty when there is nothing to say
  Optional<BaseRequest<?, ? extends BaseResponse>> sessionEnded(
      Handle handle, String sessionId, long chatId);

  /// @param how as the deletion wrote it down: nothing of the person is left to look at
  BaseRequest<?, ? extends BaseResponse> dataDeleted(String how, long chatId);
}
