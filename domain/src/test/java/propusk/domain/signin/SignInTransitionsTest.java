package propusk.domain.signin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import propusk.domain.account.AccountId;

class SignInTransitionsTest {
  private static final AccountId ILYA = new AccountId(1);
  private static final AccountId ANNA = new AccountId(2);
  private static final SignInState WAITING = new SignInState.Waiting(Optional.empty());
  private static final SignInState ASKING = new SignInState.Waiting(Optional.of(ILYA));
  private static final SignInState OPENED = new SignInState.Opened(ILYA);
  private static final SignInState APPROVED = new SignInState.Approved(ILYA);
  private static final SignInState EXCHANGED = new SignInState.Exchanged(ILYA);
  private static final SignInState DENIED = new SignInState.Denied(ILYA);
  private static final SignInState MISMATCHED = new SignInState.Mismatched(ILYA);
  private static final SignInState EXPIRED = new SignInState.Expired(Optional.of(ILYA));
  private static final SignInState UNASKED = new SignInState.Expired(Optional.empty());
  private static final SignInState REPLACED = new SignInState.Replaced(Optional.of(ILYA));
  private static final SignInState FORGOTTEN = new SignInState.Replaced(Optional.empty());

  private static final List<SignInState> STATES =
      List.of(WAITING, ASKING, OPENED, APPROVED, EXCHANGED, DENIED, MISMATCHED, EXPIRED, REPLACED);

  private static final List<SignInEvent> EVENTS =
      List.of(
          new SignInEvent.Opened(ILYA),
          new SignInEvent.Confirmed(ILYA),
          new SignInEvent.WrongNumber(ILYA),
          new SignInEvent.Refused(ILYA),
          new SignInEvent.Exchanged(),
          new SignInEvent.DeadlinePassed(),
          new SignInEvent.Superseded());

  /// One row per live state, one column per event in the order of EVENTS.
  @Test
  void everyEventInEveryLiveStateGoesWhereTheTableSays() {
    row(WAITING, OPENED, WAITING, WAITING, WAITING, WAITING, UNASKED, FORGOTTEN);
    row(ASKING, ASKING, APPROVED, MISMATCHED, DENIED, ASKING, EXPIRED, REPLACED);
    row(OPENED, OPENED, APPROVED, MISMATCHED, DENIED, OPENED, EXPIRED, REPLACED);
    row(APPROVED, APPROVED, APPROVED, APPROVED, APPROVED, EXCHANGED, EXPIRED, APPROVED);
  }

  @Test
  void whoIsNotAskedChangesNothing() {
    for (var state : List.of(ASKING, OPENED, APPROVED)) {
      for (var event :
          List.of(
              new SignInEvent.Opened(ANNA),
              new SignInEvent.Confirmed(ANNA),
              new SignInEvent.WrongNumber(ANNA),
              new SignInEvent.Refused(ANNA))) {
        assertSame(state, SignInTransitions.next(state, event), () -> state + " on " + event);
      }
    }
  }

  @Test
  void afterAnEndEveryEventKeepsTheEnd() {
    for (var end : STATES) {
      if (end instanceof SignInState.Ended) {
        EVENTS.forEach(event -> assertSame(end, SignInTransitions.next(end, event)));
      }
    }
  }

  @Test
  void theChartBesideTheCodeDrawsEveryMoveAndNoOther() throws IOException {
    var chart = Files.readString(Path.of("src/main/java/propusk/domain/signin/sign-in-states.md"));
    var drawn =
        chart
            .lines()
            .map(String::strip)
            .filter(line -> line.matches("[A-Z].* --> [A-Z].*"))
            .count();
    var moves = new TreeSet<String>();
    for (var state : STATES) {
      for (var event : EVENTS) {
        var next = SignInTransitions.next(state, event);
        if (!next.equals(state)) {
          var arrow = name(state) + " --> " + name(next) + ":";
          assertTrue(chart.contains(arrow), () -> "the chart lacks " + arrow);
          moves.add(arrow);
        }
      }
    }
    assertEquals(moves.size(), drawn);
  }

  private static void row(SignInState from, SignInState... to) {
    assertEquals(EVENTS.size(), to.length);
    for (int i = 0; i < to.length; i++) {
      var event = EVENTS.get(i);
      assertEquals(to[i], SignInTransitions.next(from, event), () -> from + " on " + event);
    }
  }

  private static String name(SignInState state) {
    return state.getClass().getSimpleName();
  }
}
