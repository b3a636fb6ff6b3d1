package propusk.domain.signin;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import propusk.domain.notify.Channel;
import propusk.domain.notify.Notifications;
import propusk.domain.signin.SignInState.Approved;
import propusk.domain.signin.SignInState.Opened;

/// The one door through which a sign-in gets a new state: decide, store, and hint to whoever waits
/// once the transaction commits. The caller holds the row's lock.
final class SignInDoor {
  private static final Logger LOG = LoggerFactory.getLogger(SignInDoor.class);

  /// Who came by the link has at least this long to answer.
  static final Duration ANSWER = Duration.ofMinutes(2);

  /// A browser has this long to come back for a yes.
  static final Duration COME_BACK = Duration.ofMinutes(2);

  private final SignInStore store;
  private final InstantSource clock;
  private final SignInCounts counts;

  SignInDoor(SignInStore store, InstantSource clock, SignInCounts counts) {
    this.store = store;
    this.clock = clock;
    this.counts = counts;
  }

  /// A browser asks to enter.
  ///
  /// @return false: there is one with this id, link or code
  boolean begin(Handle handle, SignIn signIn, SignInStore.Keys keys) {
    boolean begun = store.insert(handle, signIn, keys);
    if (begun) {
      counts.count(handle, signIn.kind(), SignInStep.STARTED);
    }
    return begun;
  }

  /// @param locked the row, locked by this transaction
  /// @return the sign-in after the event; the same one where the event changes nothing
  SignIn apply(Handle handle, SignIn locked, SignInEvent event) {
    var now = clock.instant();
    var due = locked.deadline().isAfter(now) ? event : new SignInEvent.DeadlinePassed();
    var next = SignInTransitions.next(locked.state(), due);
    if (next.equals(locked.state())) {
      return locked;
    }
    var signIn = locked.next(next, deadline(locked, next, now));
    store.save(handle, signIn, now);
    counts.count(handle, signIn.kind(), SignInStep.of(locked.state(), next));
    Notifications.hint(handle, Channel.SIGN_IN, signIn.id().value());
    LOG.info(
        "event=sign_in_moved sign_in={} kind={} from={} to={}",
        signIn.id().value(),
        signIn.kind().code(),
        locked.state().phase(),
        next.phase());
    return signIn;
  }

  private static Instant deadline(SignIn locked, SignInState next, Instant now) {
    if (next instanceof Approved) {
      return now.plus(COME_BACK);
    }
    var answerBy = now.plus(ANSWER);
    return next instanceof Opened && locked.deadline().isBefore(answerBy)
        ? answerBy
        : locked.deadline();
  }
}
