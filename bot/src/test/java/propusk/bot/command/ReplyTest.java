package propusk.bot.command;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.pengrad.telegrambot.model.LinkPreviewOptions;
import com.pengrad.telegrambot.request.BaseRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplyTest {
  /// Threat T11: whoever makes a preview opens the link.
  @Test
  void neitherAMessageNorItsLaterWordingHasAPreviewOfItsLinks() {
    var reply = Reply.of("https://propusk.example/auth/magic/…");
    for (BaseRequest<?, ?> request :
        List.<BaseRequest<?, ?>>of(reply.to(1), reply.insteadOf(1, 2))) {
      var options = request.getParameters().get("link_preview_options");
      assertTrue(
          options instanceof LinkPreviewOptions preview
              && Boolean.TRUE.equals(preview.isDisabled()),
          request.getMethod());
    }
  }
}
