package propusk.miniapp.qrauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import propusk.domain.account.Language;
import propusk.domain.login.Failure;
import propusk.domain.text.Messages;
import propusk.miniapp.page.Words;

class EndPartTest {
  private final Messages messages =
      new Messages("propusk.miniapp.messages", EndPartTest.class.getClassLoader());

  @ParameterizedTest
  @EnumSource
  void everyRefusalSaysWhatHappenedWhatWasSavedAndWhatToDo(Language language) {
    var words = new Words(language, messages);
    var parts = EndPart.all(words);
    for (var failure : Failure.values()) {
      var code = failure.code();
      var part = parts.stream().filter(end -> end.code().equals(code)).findFirst().orElseThrow();
      assertTrue(words.has("end." + code + ".title") && words.has("end." + code + ".text"), code);
      assertFalse(part.ticks().isEmpty(), code);
      assertFalse(part.steps().isEmpty(), code);
      var advice = String.join(" ", part.steps());
      assertFalse(advice.contains("{time}") || advice.contains("null"), advice);
    }
  }

  @ParameterizedTest
  @EnumSource
  void noTwoRefusalsSayTheSame(Language language) {
    var said = new HashSet<String>();
    var codes = new HashSet<String>();
    for (var failure : Failure.values()) {
      var values = Map.of("who", "@x", "time", "14:35");
      var key = "end." + failure.code();
      var text =
          messages.say(language, key + ".title", values)
              + messages.say(language, key + ".text", values);
      assertTrue(said.add(text), text);
      assertTrue(codes.add(failure.code()));
    }
  }

  @Test
  void theInviteIsCalledSafeOnlyWhereItIs() {
    var words = new Words(Language.RU, messages);
    var safe = words.say("tick.invite");
    for (var part : EndPart.all(words)) {
      boolean lost = part.code().equals("invite_lost") || part.code().equals("superseded");
      assertEquals(!lost, part.ticks().contains(safe), part.code());
    }
  }
}
