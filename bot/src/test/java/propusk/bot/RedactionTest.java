package propusk.bot;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import propusk.sandbox.world.FaultPlan;
import propusk.sandbox.world.MethodFault;

/// Everything our code and the Bot API client log while a story runs, good and bad, at the finest
/// level.
class RedactionTest {

  @Test
  void noTokenInviteCodePageOrMessageIsEverLogged() {
    var lines = new Lines();
    lines.setContext(root().getLoggerContext());
    lines.start();
    var before = root().getLevel();
    root().addAppender(lines);
    for (var name : List.of("propusk.bot", "propusk.domain")) {
      ((Logger) LoggerFactory.getLogger(name)).setLevel(Level.TRACE);
    }
    var http = java.util.logging.Logger.getLogger("okhttp3");
    var httpLines = new HttpLines(lines.seen);
    http.setLevel(java.util.logging.Level.ALL);
    http.addHandler(httpLines);
    try {
      var planted = story();
      assertTrue(lines.seen.stream().anyMatch(line -> line.contains("event=")), "it listens");
      for (var canary : planted) {
        lines.seen.forEach(line -> assertFalse(line.contains(canary), () -> "logged: " + line));
      }
    } finally {
      root().detachAppender(lines);
      root().setLevel(before);
      http.removeHandler(httpLines);
    }
  }

  private static List<String> story() {
    try (var bot = new BotFixture()) {
      var ilya = bot.person("ru");
      var code = bot.invite("premium", 1).value();
      bot.sandbox
          .world()
          .faults()
          .set(
              FaultPlan.NONE.withMethods(
                  MethodFault.dropping("sendMessage").times(1),
                  MethodFault.failing("getUpdates", 502, "Bad Gateway").times(1)));
      ilya.send("/login " + code);
      var answer = ilya.awaitMessage("Инвайт код принят");
      ilya.send("CANARY-WORDS");
      ilya.awaitMessage("Я понимаю только команды");
      ilya.send("/login CANARYCANARY");
      ilya.awaitMessage("инвайт кода нет");
      bot.jdbi.useHandle(handle -> handle.execute("ALTER TABLE limit_use RENAME TO gone"));
      ilya.send("/login CANARYCANARY");
      BotFixture.await(
          "a failure", () -> bot.count("SELECT coalesce(max(attempts), 0) FROM inbox") > 0);
      return List.of(
          BotFixture.TOKEN,
          BotFixture.TOKEN.substring(BotFixture.TOKEN.indexOf(':') + 1),
          code,
          "CANARY",
          String.valueOf(answer.buttons().getFirst().getFirst().webApp()));
    }
  }

  private static Logger root() {
    return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }

  private static final class Lines extends AppenderBase<ILoggingEvent> {
    final List<String> seen = new CopyOnWriteArrayList<>();

    @Override
    protected void append(ILoggingEvent event) {
      // The sandbox and its server are Telegram's side of the wire.
      if (event.getLoggerName().startsWith("propusk.sandbox")
          || event.getLoggerName().startsWith("io.javalin")
          || event.getLoggerName().startsWith("org.eclipse.jetty")) {
        return;
      }
      var cause = event.getThrowableProxy();
      seen.add(
          event.getFormattedMessage() + (cause == null ? "" : ThrowableProxyUtil.asString(cause)));
    }
  }

  private static final class HttpLines extends Handler {
    private final List<String> seen;

    HttpLines(List<String> seen) {
      this.seen = seen;
    }

    @Override
    public void publish(LogRecord entry) {
      seen.add(String.valueOf(entry.getMessage()));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
