package propusk.sandbox.dc.login;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import propusk.sandbox.world.Person;
import propusk.sandbox.world.Shelf;
import propusk.sandbox.world.World;

/// The login tokens, kept in the world: a code in view is good after a restart. A client gets a new
/// one whenever it asks; an old one is good until it expires.
public final class LoginTokens {
  private static final int BYTES = 42;

  /// So long it is known that a token was there, to tell «expired» from «never heard of it».
  private static final Duration REMEMBERED = Duration.ofHours(1);

  private static final Duration SWEEP = Duration.ofMinutes(1);

  private final World world;
  private final SecureRandom random;
  private final Shelf<String, LoginToken> tokens;

  /// The names of each client's tokens; some may be forgotten already.
  private final Map<Long, Set<String>> namesOf = new ConcurrentHashMap<>();

  private Instant nextSweep = Instant.MIN;

  public LoginTokens(World world, SecureRandom random) {
    this.world = world;
    this.random = random;
    this.tokens = world.shelf("login_token", String.class, LoginToken.class);
    tokens.all().forEach(this::note);
  }

  /// Makes a token for the holder of a permanent key.
  public LoginToken export(long holder) {
    var now = world.clock().instant();
    sweep(now);
    var bytes = new byte[BYTES];
    random.nextBytes(bytes);
    var name = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    var expiresAt = wholeSecond(now.plus(world.faults().loginTokenLife()));
    var token =
        new LoginToken(name, holder, now, expiresAt, Optional.empty(), Optional.empty(), false);
    tokens.put(name, token);
    note(token);
    return token;
  }

  /// The token that a link holds, live or not.
  public Optional<LoginToken> find(String link) {
    return tokens.find(LoginToken.nameIn(link));
  }

  /// Spends a live token; false if it expired or somebody else was faster.
  public boolean spend(LoginToken token, long session, Person person) {
    return token.isLive(world.clock().instant())
        && tokens.replace(token.name(), token, token.acceptedAs(session, person.id()));
  }

  /// The token of a client that was accepted and not imported yet.
  public Optional<LoginToken> accepted(long holder) {
    return shownBy(holder).stream()
        .filter(token -> token.acceptedBy().isPresent() && !token.imported())
        .findFirst();
  }

  /// Spends an accepted token in its accepter's data centre; false if it was spent there before.
  public boolean imported(LoginToken token) {
    return !token.imported() && tokens.replace(token.name(), token, token.asImported());
  }

  /// Makes a token expire now; false if it was not live.
  public boolean decline(LoginToken token) {
    var now = world.clock().instant();
    return token.isLive(now) && tokens.replace(token.name(), token, token.expiredAt(now));
  }

  /// The newest live token of each client, oldest first.
  public List<LoginToken> inView() {
    var now = world.clock().instant();
    var byAge = Comparator.comparing(LoginToken::createdAt);
    return tokens.all().stream()
        .filter(token -> token.isLive(now))
        .collect(Collectors.toMap(LoginToken::holder, token -> token, BinaryOperator.maxBy(byAge)))
        .values()
        .stream()
        .sorted(byAge)
        .toList();
  }

  /// Makes all tokens expire of a client that is gone or logged in.
  public void expireAll(long holder) {
    shownBy(holder).forEach(this::decline);
  }

  /// Holders whose tokens have all expired, such as after the clock was shifted.
  ///
  /// Within a second of the end counts too: lives are whole seconds rounded up, and skipping
  /// exactly one life must not leave a moment of it over.
  public List<Long> holdersWithoutLiveToken() {
    var now = world.clock().instant().plusSeconds(1);
    var live =
        tokens.all().stream()
            .filter(token -> token.isLive(now))
            .map(LoginToken::holder)
            .collect(Collectors.toSet());
    return tokens.all().stream()
        .filter(token -> token.session().isEmpty())
        .map(LoginToken::holder)
        .distinct()
        .filter(holder -> !live.contains(holder))
        .toList();
  }

  /// Rounds up: clients are told whole seconds of the machine's clock, and ask again on the dot.
  private Instant wholeSecond(Instant time) {
    var skipped = world.clock().skipped();
    var machine = time.minus(skipped).plusNanos(999_999_999).truncatedTo(ChronoUnit.SECONDS);
    return machine.plus(skipped);
  }

  private List<LoginToken> shownBy(long holder) {
    return namesOf.getOrDefault(holder, Set.of()).stream()
        .map(tokens::find)
        .flatMap(Optional::stream)
        .toList();
  }

  private void note(LoginToken token) {
    namesOf.computeIfAbsent(token.holder(), _ -> ConcurrentHashMap.newKeySet()).add(token.name());
  }

  /// Forgets old tokens once a minute: thousands of clients ask for new ones all the time.
  private synchronized void sweep(Instant now) {
    if (now.isAfter(nextSweep)) {
      nextSweep = now.plus(SWEEP);
      tokens.removeIf(token -> token.expiresAt().plus(REMEMBERED).isBefore(now));
      namesOf.values().forEach(names -> names.removeIf(name -> tokens.find(name).isEmpty()));
      namesOf.values().removeIf(Set::isEmpty);
    }
  }
}
