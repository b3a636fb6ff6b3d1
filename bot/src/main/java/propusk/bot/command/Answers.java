package propusk.bot.command;

import com.pengrad.telegrambot.request.BaseRequest;
import com.pengrad.telegrambot.response.BaseResponse;
import java.util.ArrayList;
import java.util.List;
import propusk.bot.api.RequestForm;
import propusk.domain.outbox.OutboxMessage;
import propusk.domain.outbox.Priority;

/// What the bot answers to an update, in order.
final class Answers {
  private final long botId;
  private final List<OutboxMessage> list = new ArrayList<>();

  Answers(long botId) {
    this.botId = botId;
  }

  void add(long chatId, Reply reply) {
    add(chatId, reply.to(chatId));
  }

  void add(long chatId, BaseRequest<?, ? extends BaseResponse> request) {
    list.add(new OutboxMessage(botId, chatId, Priority.REPLY, RequestForm.write(request)));
  }

  List<OutboxMessage> list() {
    return List.copyOf(list);
  }
}
