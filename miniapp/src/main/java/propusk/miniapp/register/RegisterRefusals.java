package propusk.miniapp.register;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import propusk.miniapp.edge.Problem;
import propusk.miniapp.page.Words;

/// Every refusal on the way to being registered, the same on the page and in JSON.
final class RegisterRefusals {
  // The server does not know the reader's zone; pages write the time again in theirs.
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("HH:mm 'UTC'").withZone(ZoneOffset.UTC);

  private final InstantSource clock;

  RegisterRefusals(InstantSource clock) {
    this.clock = clock;
  }

  Problem name(Words words) {
    return Problem.of(422, "name_invalid", words.say("register.error.name"));
  }

  Problem tooMany(Instant until, Words words) {
    return Problem.of(429, "too_many_attempts", words.say("register.error.too_many"))
        .withDetail(words.say("register.error.again", "time", UTC.format(until)))
        .withRetryAfter(clock.instant(), until);
  }

  Problem tooEarly(Instant at, Words words) {
    return Problem.of(429, "too_early", words.say("register.error.too_early"))
        .withDetail(words.say("register.error.again", "time", UTC.format(at)))
        .withRetryAfter(clock.instant(), at);
  }

  Problem wrongCode(int triesLeft, Words words) {
    var title =
        triesLeft == 0
            ? words.say("register.error.dead")
            : words.say("register.error.code", Map.of("tries", triesLeft));
    return Problem.of(401, "code_invalid", title).withTriesLeft(triesLeft);
  }

  Problem noMoreCodes(Words words) {
    return Problem.of(409, "no_more_codes", words.say("register.error.no_more"));
  }

  /// A registration that this browser has no part in, that asks for nothing now, or is over.
  Problem stranger(Words words) {
    return Problem.of(401, "registration_unknown", words.say("register.error.stranger"));
  }

  /// One that somebody has taken up, or that is over.
  Problem gone(Words words) {
    return Problem.of(410, "registration_over", words.say("register.error.stranger"));
  }
}
