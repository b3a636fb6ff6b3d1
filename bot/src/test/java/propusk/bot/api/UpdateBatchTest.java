package propusk.bot.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import propusk.domain.inbox.ReceivedUpdate;

class UpdateBatchTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "5 | {'message':{'chat':{'id':5},'from':{'id':6}}}",
        "5 | {'edited_message':{'chat':{'id':5}}}",
        "-100 | {'channel_post':{'chat':{'id':-100}}}",
        "5 | {'callback_query':{'from':{'id':6},'message':{'chat':{'id':5}}}}",
        "6 | {'callback_query':{'from':{'id':6}}}",
        "5 | {'my_chat_member':{'chat':{'id':5},'from':{'id':6}}}",
        "6 | {'inline_query':{'from':{'id':6}}}",
        "6 | {'poll_answer':{'user':{'id':6}}}",
        "5 | {'a_kind_of_next_year':{'chat':{'id':5}}}",
        "77 | {'a_kind_of_next_year':{'what':1}}",
        "77 | {'message':'text'}",
        "77 | {'message':{'chat':{'id':'x'}}}",
        "77 | {'message':{'chat':5}}",
        "77 | {}",
      })
  void orderIsKeptByTheChatElseThePersonElseTheUpdateItself(long chat, String body) {
    var json = body.replace('\'', '"');
    var update =
        json.equals("{}") ? "{\"update_id\":77}" : "{\"update_id\":77," + json.substring(1);
    var read = read("[" + update + "]").getFirst();
    assertEquals(chat, read.chatId());
    assertEquals(77, read.updateId());
  }

  @Test
  void fieldsWeDoNotKnowAreKept() {
    var update =
        "{\"update_id\":1,\"message\":{\"chat\":{\"id\":5},\"new\":{\"deep\":[1.5,\"я\"]}}}";
    assertEquals(List.of(new ReceivedUpdate(1, 5, update)), read("[" + update + "]"));
  }

  @Test
  void whatHasNoNumberIsLeftOutAndTheRestIsKept() {
    assertEquals(
        List.of(2L),
        read("[1,{},{\"update_id\":\"x\"},null,{\"update_id\":2}]").stream()
            .map(ReceivedUpdate::updateId)
            .toList());
    assertTrue(read("[]").isEmpty());
  }

  private static List<ReceivedUpdate> read(String array) {
    return UpdateBatch.read(JsonParser.parseString(array).getAsJsonArray());
  }
}
