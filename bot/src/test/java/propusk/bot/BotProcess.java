package propusk.bot;

import java.io.File;
import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import org.jdbi.v3.core.Jdbi;
import propusk.domain.notify.Notifications;
import propusk.migrations.TestDatabase;

/// The bot in a process of its own, so that it can be killed.
final class BotProcess {
  private BotProcess() {}

  /// Starts one; whoever starts it ends it.
  static Process start(TestDatabase database, String apiUrl) throws IOException {
    var classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    var java = System.getProperty("java.home") + "/bin/java";
    var command =
        new ProcessBuilder(
            java,
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            classPath,
            "propusk.bot.BotProcess");
    command.environment().put("TEST_DATABASE", database.jdbcUrl());
    command.environment().put("TEST_USER", database.user());
    command.environment().put("TEST_PASSWORD", database.password());
    command.environment().put("TEST_BOT_API", apiUrl);
    return command
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(new File("target/bot-process.log")))
        .start();
  }

  public static void main(String[] arguments) throws InterruptedException {
    var url = System.getenv("TEST_DATABASE");
    var user = System.getenv("TEST_USER");
    var password = System.getenv("TEST_PASSWORD");
    var product = new Product(Jdbi.create(url, user, password), InstantSource.system());
    var notifications = new Notifications(url, user, password);
    var bot = product.bot(System.getenv("TEST_BOT_API"), notifications);
    notifications.start();
    bot.start();
    new CountDownLatch(1).await();
  }
}
