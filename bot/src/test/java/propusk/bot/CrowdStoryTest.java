package propusk.bot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import propusk.sandbox.person.SandboxMessage;
import propusk.sandbox.person.SandboxPerson;

class CrowdStoryTest {
  private BotFixture bot;

  @BeforeEach
  void start() {
    bot = new BotFixture();
  }

  @AfterEach
  void stop() {
    bot.close();
  }

  @Test
  void sixtyFourPeopleAskForAnInviteOfTenUsesAndTenGetAPage() throws Exception {
    var code = bot.invite("premium", 10).value();
    var people = IntStream.range(0, 64).mapToObj(_ -> bot.person("en")).toList();
    var answers =
        atOnce(
            people,
            person -> {
              person.send("/login " + code);
              return person.awaitMessage("code").text();
            });
    assertEquals(
        10, answers.stream().filter(it -> it.startsWith("✅ Invite code accepted")).count());
    assertEquals(54, answers.stream().filter("❌ The code has been used"::equals).count());
    assertEquals(10, bot.count("SELECT reserved FROM invite"));
    assertEquals(64, bot.count("SELECT count(*) FROM inbox WHERE state = 'done'"));
    assertTrue(
        bot.sandbox.world().calls().list().stream()
            .noneMatch(call -> call.error().orElse("").startsWith("429")),
        "Telegram's pace is kept");
  }

  @Test
  void manyChatsSideBySideEachInOrder() throws Exception {
    var people = IntStream.range(0, 12).mapToObj(_ -> bot.person("en")).toList();
    var chats =
        atOnce(
            people,
            person -> {
              person.send("/start");
              person.send("/help");
              person.send("/nonsense");
              person.awaitMessage("There is no such command");
              return person.messages();
            });
    for (var chat : chats) {
      assertEquals(
          List.of("👋 Hello!", "ℹ️ What I can do", "There is no such command. All commands: /help"),
          chat.stream()
              .filter(SandboxMessage::fromBot)
              .map(message -> message.text().lines().findFirst().orElse(""))
              .toList());
    }
  }

  @Test
  void ofTwoProcessesOnePollsAndTheOtherTakesOverWhenItEnds() {
    var ilya = bot.person("ru");
    ilya.send("/start");
    ilya.awaitMessage("Здравствуйте");
    var second = bot.secondProcess();
    ilya.send("/help");
    ilya.awaitMessage("Что я умею");
    assertTrue(
        bot.sandbox.world().calls().list().stream()
            .noneMatch(call -> call.error().orElse("").startsWith("409")),
        "they never poll at the same time");
    bot.stopBot();
    try (second) {
      ilya.send("/privacy");
      ilya.awaitMessage("Что мы храним");
    }
    bot.restartBot();
    assertEquals(3, ilya.messages().stream().filter(SandboxMessage::fromBot).count());
  }

  private interface Part<T> {
    T play(SandboxPerson person);
  }

  private static <T> List<T> atOnce(List<SandboxPerson> people, Part<T> part) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var running = new ArrayList<Future<T>>();
      for (var person : people) {
        Callable<T> play = () -> part.play(person);
        running.add(threads.submit(play));
      }
      var results = new ArrayList<T>();
      for (var future : running) {
        results.add(future.get());
      }
      return results;
    }
  }
}
