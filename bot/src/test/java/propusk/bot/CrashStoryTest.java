package propusk.bot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import propusk.sandbox.person.SandboxMessage;
import propusk.sandbox.person.SandboxPerson;
import propusk.sandbox.world.FaultPlan;
import propusk.sandbox.world.MethodFault;

/// `kill -9` of a real process: an effect happens once, a message at least once, in order.
class CrashStoryTest {
  private BotFixture bot;

  @BeforeEach
  void start() {
    bot = new BotFixture();
    bot.stopBot();
  }

  @AfterEach
  void stop() {
    bot.close();
  }

  @Test
  void killedBetweenTheEffectAndTheMessageTheEffectHappensOnceAndTheMessageComes()
      throws Exception {
    var ilya = bot.person("ru");
    bot.sandbox
        .world()
        .faults()
        .set(FaultPlan.NONE.withMethods(MethodFault.slow("sendMessage", 60_000).times(1)));
    var first = bot.startProcess();
    ilya.send("/login " + bot.invite("premium", 1).value());
    BotFixture.await("the login", () -> bot.count("SELECT count(*) FROM login") == 1);
    kill(first);
    assertEquals(1, bot.count("SELECT count(*) FROM outbox WHERE state = 'open'"));

    var second = bot.startProcess();
    ilya.awaitMessage("Инвайт код принят");
    BotFixture.await(
        "all is sent", () -> bot.count("SELECT count(*) FROM outbox WHERE state = 'open'") == 0);
    kill(second);
    assertEquals(1, bot.count("SELECT count(*) FROM login"));
    assertEquals(1, bot.count("SELECT sum(reserved) FROM invite"));
  }

  @Test
  void killedAtAnyMomentEveryCommandHasOneEffectAndAtLeastOneAnswer() throws Exception {
    long seed = System.nanoTime();
    var random = new Random(seed);
    var people = IntStream.range(0, 4).mapToObj(_ -> bot.person("en")).toList();
    var codes = people.stream().map(_ -> bot.invite("premium", 1).value()).toList();
    for (int round = 0; round < 2; round++) {
      var process = bot.startProcess();
      for (int n = 0; n < people.size(); n++) {
        people.get(n).send("/login " + codes.get(n));
      }
      long handled = bot.count("SELECT count(*) FROM inbox WHERE state = 'done'");
      int more = random.nextInt(people.size());
      BotFixture.await(
          "some are handled",
          () -> bot.count("SELECT count(*) FROM inbox WHERE state = 'done'") >= handled + more);
      kill(process);
    }
    var last = bot.startProcess();
    for (var person : people) {
      person.send("/help");
      person.awaitMessage("What I can do");
      assertTrue(answers(person, "Invite code accepted") >= 2, () -> "seed " + seed);
      assertTrue(lastOf(person).startsWith("ℹ️ What I can do"), () -> "seed " + seed);
    }
    kill(last);
    assertEquals(8, bot.count("SELECT count(*) FROM login"), () -> "seed " + seed);
    assertEquals(4, bot.count("SELECT count(*) FROM login WHERE ended_at IS NULL"));
    assertEquals(4, bot.count("SELECT sum(reserved) FROM invite"));
    assertEquals(12, bot.count("SELECT count(*) FROM inbox WHERE state = 'done'"));
  }

  private static long answers(SandboxPerson person, String text) {
    return person.messages().stream()
        .filter(SandboxMessage::fromBot)
        .filter(message -> message.text().contains(text))
        .count();
  }

  private static String lastOf(SandboxPerson person) {
    return person.messages().getLast().text();
  }

  private static void kill(Process process) throws InterruptedException {
    process.destroyForcibly().waitFor();
  }
}
