package propusk.app.story;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A worker that neither works nor ends.
class HungWorkerStoryTest {
  private static Town town;

  @BeforeAll
  static void start() {
    town = Town.start();
  }

  @AfterAll
  static void end() {
    town.close();
  }

  @Test
  void aHungWorkerIsEndedAndAnotherGoesOnWithItsLogin() {
    var anna = town.person("Анна");
    var page = town.openPage(anna, town.invite("premium", 1));
    assertEquals(200, page.open().statusCode());
    var first = page.link();

    town.hangWorker();

    anna.scan(
        Await.value(
            "a new QR",
            Duration.ofSeconds(60),
            () -> Optional.of(page.link()).filter(link -> !link.equals(first))));
    page.await("completed");
    anna.awaitMessage("Авторизация успешна!");
  }
}
