package propusk.sandbox.dc.login;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import propusk.sandbox.dc.login.LoginCode.Via;
import propusk.sandbox.world.Shelf;
import propusk.sandbox.world.World;

/// The login codes, kept in the world: one that was sent is good after a restart.
///
/// A number has one good code at a time; a newer one ends it. Safe for many threads.
public final class LoginCodes {
  /// So many digits has a code.
  public static final int LENGTH = 5;

  private static final Duration LIFE = Duration.ofMinutes(5);
  private static final Duration REMEMBERED = Duration.ofDays(1);
  private static final int MOST_TRIES = 10;
  private static final int MOST_AN_HOUR = 30;
  private static final Duration HOUR = Duration.ofHours(1);

  /// What comes of a code that a client gives.
  public enum Verdict {
    RIGHT,
    WRONG,
    EXPIRED
  }

  private final World world;
  private final SecureRandom random;
  private final Shelf<String, LoginCode> codes;
  private final AtomicLong number;
  private final List<Consumer<LoginCode>> listeners = new CopyOnWriteArrayList<>();

  public LoginCodes(World world, SecureRandom random) {
    this.world = world;
    this.random = random;
    this.codes = world.shelf("login_code", String.class, LoginCode.class);
    this.number = new AtomicLong(codes.all().stream().mapToLong(LoginCode::number).max().orElse(0));
  }

  /// Runs `listener` with every code that is sent.
  public void onSent(Consumer<LoginCode> listener) {
    listeners.add(listener);
  }

  /// Sends a code to a number for the holder of a permanent key.
  public LoginCode send(String phone, long holder, Via via) {
    var now = now();
    codes.removeIf(code -> code.sentAt().plus(REMEMBERED).isBefore(now));
    endAll(phone);
    var bytes = new byte[12];
    random.nextBytes(bytes);
    var hash = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    var digits = ("%0" + LENGTH + "d").formatted(random.nextInt(100_000));
    var code =
        new LoginCode(
            number.incrementAndGet(), hash, phone, digits, via, holder, now, now.plus(LIFE), 0);
    codes.put(hash, code);
    listeners.forEach(listener -> listener.accept(code));
    return code;
  }

  /// A code that is still good, by the client's name for it.
  public Optional<LoginCode> findLive(String phone, String hash) {
    return codes.find(hash).filter(code -> code.phone().equals(phone) && isLive(code));
  }

  /// Judges what a client gives; ten wrong tries end the code.
  public Verdict judge(String phone, String hash, String given) {
    var code = findLive(phone, hash);
    if (code.isEmpty()) {
      return Verdict.EXPIRED;
    }
    if (code.get().digits().equals(given)) {
      return Verdict.RIGHT;
    }
    codes.update(hash, LoginCode::triedInVain);
    return Verdict.WRONG;
  }

  /// Ends a code; false if it was not good any more.
  public boolean end(LoginCode code) {
    var now = now();
    return isLive(code) && codes.update(code.hash(), live -> live.expiredAt(now)).isPresent();
  }

  /// What was sent to a number, newest last.
  public List<LoginCode> sentTo(String phone) {
    return codes.all().stream()
        .filter(code -> code.phone().equals(phone))
        .sorted(Comparator.comparingLong(LoginCode::number))
        .toList();
  }

  /// How long a number must wait that had too many codes within an hour; zero for the others.
  public Duration waitOf(String phone) {
    var now = now();
    var latest =
        sentTo(phone).stream().filter(code -> code.sentAt().plus(HOUR).isAfter(now)).toList();
    return latest.size() < MOST_AN_HOUR
        ? Duration.ZERO
        : Duration.between(now, latest.get(latest.size() - MOST_AN_HOUR).sentAt().plus(HOUR));
  }

  private void endAll(String phone) {
    codes.all().stream().filter(code -> code.phone().equals(phone)).forEach(this::end);
  }

  private boolean isLive(LoginCode code) {
    return now().isBefore(code.expiresAt()) && code.wrongTries() < MOST_TRIES;
  }

  private Instant now() {
    return world.clock().instant();
  }
}
