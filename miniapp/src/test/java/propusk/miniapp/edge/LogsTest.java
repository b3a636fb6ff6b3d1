package propusk.miniapp.edge;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import propusk.domain.account.Language;
import propusk.miniapp.MiniAppWorld;

/// T14: nothing secret and no query string is in our logs, even at debug.
class LogsTest {
  @Test
  void aWholeStoryLeavesNoSecretInTheLog() {
    var logger = (Logger) LoggerFactory.getLogger("propusk");
    var lines = new ListAppender<ILoggingEvent>();
    lines.start();
    logger.addAppender(lines);
    logger.setLevel(Level.DEBUG);
    try (var world = new MiniAppWorld()) {
      var ilya = world.ilya(Language.RU);
      var login = world.requested(ilya);
      var initData = world.initData(ilya);
      var bearer =
          world.tree(world.open(login, initData, "tab-secret").body()).path("bearer").stringValue();
      var claim = world.claim();
      var link = world.link(claim, Duration.ofSeconds(30));
      world.status(login, bearer);
      world.get("/qr-auth?session_id=canary-in-a-query");
      world.open(login, initData + "0", "tab-secret");
      world.get("/qr-auth-status?session_id=a%20b", "Authorization", "Bearer canary-bearer");
      world.complete(claim, ilya);
      var log =
          List.copyOf(lines.list).stream()
              .map(ILoggingEvent::getFormattedMessage)
              .collect(Collectors.joining("\n"));
      assertTrue(log.contains("path=/qr-auth-status"), log);
      for (var secret :
          List.of(
              bearer,
              link.value(),
              link.value().substring(17),
              "tab-secret",
              "canary",
              "hash=",
              "session_id=",
              "Козлов",
              MiniAppWorld.TOKEN)) {
        assertFalse(log.contains(secret), "the log has " + secret);
      }
    } finally {
      logger.detachAppender(lines);
      logger.setLevel(Level.INFO);
    }
  }
}
