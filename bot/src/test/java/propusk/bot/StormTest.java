package propusk.bot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.pengrad.telegrambot.TelegramBot;
import com.pengrad.telegrambot.request.SendMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import propusk.bot.api.RequestForm;
import propusk.domain.outbox.OutboxMessage;
import propusk.domain.outbox.Priority;
import propusk.sandbox.person.SandboxMessage;
import propusk.sandbox.person.SandboxPerson;
import propusk.sandbox.world.FaultPlan;
import propusk.sandbox.world.MethodFault;

/// Telegram says 429 again and again, because somebody else sends with the same bot and because it
/// says so; meanwhile people ask the bot.
class StormTest {
  private static final long BOT = 7_000_000_001L;
  private static final int CHATS = 40;
  private static final int NEWS = 4;

  @Test
  void inAStormNothingIsLostOrderHoldsAndRepliesOvertakeTheBulk() throws InterruptedException {
    try (var bot = new BotFixture()) {
      var crowd = IntStream.range(0, CHATS).mapToObj(_ -> bot.person("en")).toList();
      crowd.forEach(person -> person.send("/start"));
      crowd.forEach(person -> person.awaitMessage("Hello", Duration.ofSeconds(60)));
      long before = refused(bot);
      var stop = new AtomicBoolean();
      var others = Thread.ofVirtual().start(() -> somebodyElseSends(bot, crowd, stop));
      bot.sandbox.world().faults().set(FaultPlan.NONE.withMethods(flood().times(10)));
      bot.jdbi.useTransaction(handle -> {
        for (int n = 1; n <= NEWS; n++) {
          for (var person : crowd) {
            bot.outbox.send(handle, bulk(person, "news " + n));
          }
        }
      });
      BotFixture.await("the storm", () -> refused(bot) - before >= 12);
      stop.set(true);
      others.join();

      var asking = crowd.subList(0, 5);
      asking.forEach(person -> person.send("/help"));
      asking.forEach(person -> person.awaitMessage("What I can do", Duration.ofSeconds(60)));
      long waiting = bot.count("SELECT count(*) FROM outbox WHERE state = 'open' AND priority = 2");
      assertTrue(waiting > CHATS, "replies were sent before the bulk: " + waiting + " still wait");

      awaitSent(bot);
      for (var person : crowd) {
        assertEquals(
            IntStream.rangeClosed(1, NEWS).mapToObj(n -> "news " + n).toList(),
            person.messages().stream()
                .map(SandboxMessage::text)
                .filter(text -> text.startsWith("news "))
                .toList());
      }
      assertEquals(0, bot.count("SELECT count(*) FROM outbox WHERE state IN ('dead', 'dropped')"));
    }
  }

  /// At the pace that one bot may have in all.
  private static void awaitSent(BotFixture bot) {
    var end = Instant.now().plusSeconds(90);
    while (bot.count("SELECT count(*) FROM outbox WHERE state = 'open'") > 0) {
      assertTrue(Instant.now().isBefore(end), "all is sent in time");
      LockSupport.parkNanos(20_000_000);
    }
  }

  /// Uses up what Telegram allows the bot in all.
  private static void somebodyElseSends(
      BotFixture bot, List<SandboxPerson> crowd, AtomicBoolean stop) {
    var client =
        new TelegramBot.Builder(BotFixture.TOKEN).apiUrl(bot.sandbox.url() + "/bot").build();
    var chats = new ArrayList<>(crowd);
    for (int n = 0; !stop.get(); n++) {
      client.execute(new SendMessage(chats.get(n % chats.size()).id(), "noise"));
    }
  }

  private static long refused(BotFixture bot) {
    return bot.sandbox.world().calls().list().stream()
        .filter(call -> call.error().orElse("").startsWith("429"))
        .count();
  }

  private static MethodFault flood() {
    return new MethodFault(
        "sendMessage",
        Optional.of(429),
        Optional.of("Too Many Requests: retry after 1"),
        Optional.of(1),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static OutboxMessage bulk(SandboxPerson person, String text) {
    return new OutboxMessage(
        BOT, person.id(), Priority.BULK, RequestForm.write(new SendMessage(person.id(), text)));
  }
}
