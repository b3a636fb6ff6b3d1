package propusk.mtproto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import propusk.domain.login.LoginSnapshot.Queue;
import propusk.domain.login.LoginState;
import propusk.mtproto.login.LoginRules;

/// More people than a worker has places.
final class CrowdTest {
  private static final int PLACES = 2;

  @TempDir private Path directory;
  private Stage stage;

  @BeforeEach
  void set() {
    stage = new Stage(directory);
    stage.rules(new LoginRules(true, PLACES, LoginRules.CLIENTS));
  }

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void theThirdIsToldHowLongAndMovesOnByItselfWhenAPlaceIsFree() throws Exception {
    var worker = stage.startWorker();
    var people = new ArrayList<Stage.Opened>();
    for (var name : List.of("Илья", "Анна")) {
      var login = stage.open(stage.person(name));
      stage.link(login, 1);
      people.add(login);
    }
    for (var name : List.of("Пётр", "Мария", "Олег")) {
      stage.domain.clock.advance(Duration.ofMillis(1));
      people.add(stage.open(stage.person(name)));
    }
    for (var ahead = 0; ahead < 3; ahead++) {
      var queue = queue(people.get(PLACES + ahead)).orElseThrow();
      assertEquals(ahead, queue.ahead());
      assertTrue(queue.atMost().compareTo(Duration.ofMinutes(10)) <= 0, queue.toString());
    }

    for (var next = PLACES; next < people.size(); next++) {
      var done = people.get(next - PLACES);
      stage.scan(done.person(), stage.link(done, 1));
      stage.await(done, LoginState.Completed.class);
      stage.link(people.get(next), 1);
      assertEquals(Optional.empty(), queue(people.get(next)));
      assertTrue(worker.runningLogins() <= PLACES, "more run than there are places");
    }
    for (var last : people.subList(people.size() - PLACES, people.size())) {
      stage.scan(last.person(), stage.link(last, 1));
      stage.await(last, LoginState.Completed.class);
    }
    assertEquals(
        people.size(), stage.count("SELECT count(*) FROM telegram_session WHERE state = 'live'"));
  }

  private Optional<Queue> queue(Stage.Opened opened) {
    return stage
        .in(handle -> stage.domain.logins.view(handle, opened.login().id(), opened.bearer()))
        .orElseThrow()
        .queue();
  }
}
