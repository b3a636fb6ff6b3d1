package propusk.domain.signin;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import propusk.domain.account.AccountId;
import propusk.domain.account.PhoneHashes;
import propusk.domain.account.PhoneNumber;
import propusk.domain.limit.Limit;
import propusk.domain.limit.Limits;
import propusk.domain.notify.Channel;
import propusk.domain.notify.Notifications;
import propusk.domain.outbox.Notices;
import propusk.domain.seal.Tokens;
import propusk.domain.signin.SignInState.Waiting;
import propusk.domain.time.Times;

/// Sign-ins that begin with a phone number: whoever has it is asked in the bot. For the browser,
/// and in the work done while it waits, a number that nobody has is like any other. Stateless;
/// every call runs in the caller's transaction.
public final class Approvals {
  /// After a no nobody is asked for this long.
  static final Duration PAUSE = Duration.ofMinutes(15);

  private static final int BATCH = 100;

  private final SignInStore store = new SignInStore();
  private final SignInDoor door;
  private final PhoneHashes hashes;
  private final Notices notices;
  private final Limits limits;
  private final InstantSource clock;
  private final Tokens tokens;

  public Approvals(SignIns.Parts parts) {
    door = new SignInDoor(store, parts.clock(), parts.counts());
    hashes = new PhoneHashes(parts.sealer());
    notices = new Notices(parts.clock());
    limits = parts.limits();
    clock = parts.clock();
    tokens = parts.tokens();
  }

  /// Whether a browser may enter as whoever has this number. A question about the same number that
  /// still waits is replaced.
  public BeginOutcome ask(Handle handle, PhoneNumber number, SignInRequest request) {
    var phone = hashes.of(number);
    // The number's count stays locked from here on: one browser at a time asks about it.
    var closed =
        Stream.of(
                limits.take(handle, Limit.APPROVAL_PER_NUMBER, HexFormat.of().formatHex(phone)),
                limits.take(handle, Limit.APPROVAL_PER_ADDRESS, request.address()),
                limits.take(handle, Limit.APPROVAL_GLOBAL, Limits.EVERYBODY))
            .flatMap(Optional::stream)
            .max(Instant::compareTo);
    if (closed.isPresent()) {
      return new BeginOutcome.Limited(closed.get());
    }
    var asked = asks(handle, phone);
    store
        .lockAsking(handle, phone)
        .ifPresent(older -> door.apply(handle, older, new SignInEvent.Superseded()));
    var now = clock.instant();
    var match = NumberMatch.random(tokens);
    var signIn =
        new SignIn(
            SignInId.random(tokens),
            SignInKind.APPROVAL,
            new Waiting(asked),
            1,
            match.number(),
            match.choices(),
            request.browser(),
            Optional.empty(),
            Optional.empty(),
            request.redirect(),
            request.remember(),
            request.proof().site(),
            Optional.empty(),
            now,
            now.plus(SignInKind.APPROVAL.life()));
    var keys = new SignInStore.Keys(request.proof().hash(), null, null, phone);
    if (!door.begin(handle, signIn, keys)) {
      throw new IllegalStateException("the lock was not held");
    }
    Notifications.hint(handle, Channel.QUESTION, signIn.id().value());
    return new BeginOutcome.Begun(signIn);
  }

  /// Puts the questions that wait into the outbox: apart from the browser's request, so that its
  /// time does not tell whether there was one. Run at every hint by any process.
  public int tellAsked(Handle handle) {
    var untold =
        handle
            .createQuery(
                """
                UPDATE sign_in s SET told_at = :now FROM account a
                WHERE a.id = s.account_id AND s.id IN (
                  SELECT id FROM sign_in
                  WHERE kind = 'approval' AND phase = 'waiting' AND told_at IS NULL AND account_id IS NOT NULL
                  ORDER BY created_at LIMIT :max FOR UPDATE SKIP LOCKED)
                RETURNING s.id, a.own_bot_id, a.telegram_id
                """)
            .bind("now", Times.column(clock.instant()))
            .bind("max", BATCH)
            .map((row, _) ->
                new Untold(
                    row.getString("id"), row.getLong("own_bot_id"), row.getLong("telegram_id")))
            .list();
    untold.forEach(it -> notices.signInAsked(handle, it.botId(), it.chatId(), it.signIn()));
    return untold.size();
  }

  /// A private chat has its person's id.
  private record Untold(String signIn, long botId, long chatId) {}

  /// Empty also for who said no a moment ago, has no chat with a bot of our own, or is about to be
  /// forgotten. Their account is held before any question about the number is.
  private Optional<AccountId> asks(Handle handle, byte[] phone) {
    return handle
        .createQuery(
            """
            SELECT a.id FROM account a
            WHERE a.phone_hash = :phone AND a.own_bot_id IS NOT NULL
              AND NOT EXISTS (SELECT 1 FROM bot b WHERE b.id = a.own_bot_id AND b.organization_id IS NOT NULL)
              AND NOT EXISTS (SELECT 1 FROM deletion d WHERE d.account_id = a.id)
              AND NOT EXISTS (SELECT 1 FROM sign_in s
                WHERE s.account_id = a.id AND s.phase = 'denied' AND s.decided_at > :paused)
            FOR KEY SHARE OF a
            """)
        .bind("phone", phone)
        .bind("paused", Times.column(clock.instant().minus(PAUSE)))
        .map((row, _) -> new AccountId(row.getLong("id")))
        .findOne();
  }
}
