package propusk.domain.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import propusk.domain.login.LoginState.CancelledBy;

class LoginTransitionsTest {
  private static final Instant SOON = Instant.parse("2026-11-20T09:00:30Z");
  private static final LoginState REQUESTED = new LoginState.Requested();
  private static final LoginState PREPARING = new LoginState.Preparing();
  private static final LoginState SCAN = new LoginState.AwaitingScan(1, SOON);
  private static final LoginState PASSWORD = new LoginState.AwaitingPassword(Optional.of("cat"), 3);
  private static final LoginState CODE = new LoginState.AwaitingCode("telegram", 5, 3);
  private static final LoginState FINALIZING = new LoginState.Finalizing();
  private static final LoginState COMPLETED = new LoginState.Completed();
  private static final LoginState CANCELLED = new LoginState.Cancelled(CancelledBy.PERSON);
  private static final LoginState EXPIRED = new LoginState.Expired();
  private static final LoginState BROKEN = failed(Failure.RUN_BROKEN);

  private static final List<LoginState> STATES =
      List.of(
          REQUESTED,
          PREPARING,
          SCAN,
          PASSWORD,
          CODE,
          FINALIZING,
          COMPLETED,
          CANCELLED,
          EXPIRED,
          BROKEN);

  private static final LoginEvent OPENED = new LoginEvent.Opened();
  private static final LoginEvent LINKED = new LoginEvent.Linked(SOON);
  private static final LoginEvent ASKED = new LoginEvent.PasswordAsked(Optional.of("cat"));
  private static final LoginEvent WRONG = new LoginEvent.PasswordRefused();
  private static final LoginEvent CODE_ASKED = new LoginEvent.CodeAsked("telegram", 5);
  private static final LoginEvent WRONG_CODE = new LoginEvent.CodeRefused();
  private static final LoginEvent AUTHORIZED = new LoginEvent.Authorized();
  private static final LoginEvent STORED = new LoginEvent.Stored();
  private static final LoginEvent AGAIN = new LoginEvent.StartedOver();
  private static final LoginEvent STOPPED = new LoginEvent.Stopped(CancelledBy.PERSON);
  private static final LoginEvent LATE = new LoginEvent.DeadlinePassed();
  private static final LoginEvent FAULT = new LoginEvent.Refused(Failure.RUN_BROKEN);

  private static final List<LoginEvent> EVENTS =
      List.of(
          OPENED,
          LINKED,
          ASKED,
          WRONG,
          CODE_ASKED,
          WRONG_CODE,
          AUTHORIZED,
          STORED,
          AGAIN,
          STOPPED,
          LATE,
          FAULT);

  /// One row per live state, one column per event in the order of EVENTS; a state that stays is
  /// written as itself.
  @Test
  void everyEventInEveryLiveStateGoesWhereTheTableSays() {
    var scanAgain = new LoginState.AwaitingScan(2, SOON);
    var twoLeft = new LoginState.AwaitingPassword(Optional.of("cat"), 2);
    var codeLeft = new LoginState.AwaitingCode("telegram", 5, 2);
    var silent = failed(Failure.TELEGRAM_SILENT);
    row(
        REQUESTED, PREPARING, REQUESTED, REQUESTED, REQUESTED, REQUESTED, REQUESTED, REQUESTED,
        REQUESTED, REQUESTED, CANCELLED, EXPIRED, BROKEN);
    row(
        PREPARING,
        PREPARING,
        SCAN,
        PASSWORD,
        PREPARING,
        CODE,
        PREPARING,
        FINALIZING,
        PREPARING,
        PREPARING,
        CANCELLED,
        silent,
        BROKEN);
    row(
        SCAN,
        SCAN,
        scanAgain,
        PASSWORD,
        SCAN,
        SCAN,
        SCAN,
        FINALIZING,
        SCAN,
        PREPARING,
        CANCELLED,
        EXPIRED,
        BROKEN);
    row(
        PASSWORD,
        PASSWORD,
        PASSWORD,
        PASSWORD,
        twoLeft,
        PASSWORD,
        PASSWORD,
        FINALIZING,
        PASSWORD,
        PREPARING,
        CANCELLED,
        EXPIRED,
        BROKEN);
    row(
        CODE,
        CODE,
        CODE,
        PASSWORD,
        CODE,
        CODE,
        codeLeft,
        FINALIZING,
        CODE,
        PREPARING,
        CANCELLED,
        EXPIRED,
        BROKEN);
    row(
        FINALIZING,
        FINALIZING,
        FINALIZING,
        FINALIZING,
        FINALIZING,
        FINALIZING,
        FINALIZING,
        FINALIZING,
        COMPLETED,
        PREPARING,
        FINALIZING,
        FINALIZING,
        BROKEN);
  }

  @Test
  void afterAnEndEveryEventKeepsTheEnd() {
    for (var end : List.of(COMPLETED, CANCELLED, EXPIRED, BROKEN)) {
      for (var event : EVENTS) {
        assertSame(end, LoginTransitions.next(end, event), () -> end + " on " + event);
      }
    }
  }

  @Test
  void theThirdWrongPasswordEndsTheLogin() {
    var last = new LoginState.AwaitingPassword(Optional.empty(), 1);
    assertEquals(failed(Failure.WRONG_PASSWORD), LoginTransitions.next(last, WRONG));
  }

  @Test
  void theThirdWrongCodeEndsTheLogin() {
    var last = new LoginState.AwaitingCode("sms", 6, 1);
    assertEquals(failed(Failure.WRONG_CODE), LoginTransitions.next(last, WRONG_CODE));
  }

  @Test
  void aCodeSentAnotherWayKeepsTheTriesCounted() {
    var asked = new LoginEvent.CodeAsked("sms", 6);
    var twoLeft = new LoginState.AwaitingCode("telegram", 5, 2);
    assertEquals(new LoginState.AwaitingCode("sms", 6, 2), LoginTransitions.next(twoLeft, asked));
  }

  @Test
  void theChartBesideTheCodeDrawsEveryMove() throws IOException {
    var chart = Files.readString(Path.of("src/main/java/propusk/domain/login/login-states.md"));
    for (var state : STATES) {
      for (var event : EVENTS) {
        var next = LoginTransitions.next(state, event);
        if (!next.equals(state)) {
          var arrow = name(state) + " --> " + name(next) + ":";
          assertTrue(chart.contains(arrow), () -> "the chart lacks " + arrow);
        }
      }
    }
  }

  @Test
  void phasesAreTheContractsNames() {
    assertEquals(
        List.of(
            "requested",
            "preparing",
            "awaiting_scan",
            "awaiting_password",
            "awaiting_code",
            "finalizing",
            "completed",
            "cancelled",
            "expired",
            "failed"),
        STATES.stream().map(LoginState::phase).toList());
  }

  private static void row(LoginState from, LoginState... to) {
    for (int i = 0; i < to.length; i++) {
      var event = EVENTS.get(i);
      assertEquals(to[i], LoginTransitions.next(from, event), () -> from + " on " + event);
    }
    assertEquals(EVENTS.size(), to.length);
  }

  private static LoginState failed(Failure reason) {
    return new LoginState.Failed(reason, Optional.empty());
  }

  private static String name(LoginState state) {
    return state.getClass().getSimpleName();
  }
}
