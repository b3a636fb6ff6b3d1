package propusk.miniapp.initdata;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import propusk.domain.account.Language;
import propusk.domain.account.TelegramProfile;
import propusk.domain.account.TelegramUserId;
import propusk.domain.seal.Hashes;
import propusk.miniapp.initdata.InitDataResult.Invalid;
import propusk.miniapp.initdata.InitDataResult.Reason;
import propusk.miniapp.initdata.InitDataResult.Stale;
import propusk.miniapp.initdata.InitDataResult.Verified;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// Checks that init data was signed by Telegram for one bot, lately: [Validating data received via
/// the Mini App](https://core.telegram.org/bots/webapps#validating-data-received-via-the-mini-app).
///
/// The signature is checked before anything else in it is looked at. Safe for use by many threads.
public final class InitDataCheck {
  private static final int MAX_BYTES = 4096;
  private static final Duration MAX_AGE = Duration.ofMinutes(5);
  private static final Duration MAX_AHEAD = Duration.ofSeconds(30);
  // Telegram ids have at most 52 significant bits.
  private static final long MAX_ID = 1L << 52;

  private final ObjectMapper json;
  private final InstantSource clock;

  public InitDataCheck(ObjectMapper json, InstantSource clock) {
    this.json = json;
    this.clock = clock;
  }

  /// @param raw the launch's `tgWebAppData`, percent-decoded once, so still a query string
  public InitDataResult check(String raw, BotKey bot) {
    if (raw.isEmpty()) {
      return new Invalid(Reason.EMPTY);
    }
    if (raw.length() > MAX_BYTES || raw.getBytes(UTF_8).length > MAX_BYTES) {
      return new Invalid(Reason.TOO_LONG);
    }
    try {
      return check(InitDataFields.parse(raw), bot);
    } catch (InitDataFields.Malformed e) {
      return new Invalid(e.reason());
    }
  }

  private InitDataResult check(InitDataFields fields, BotKey bot) {
    var hash = fields.find("hash").flatMap(InitDataCheck::hash);
    if (hash.isEmpty()) {
      return new Invalid(Reason.NO_HASH);
    }
    var signed = fields.dataCheckString();
    if (!MessageDigest.isEqual(bot.sign(signed), hash.get())) {
      return new Invalid(Reason.WRONG_HASH);
    }
    var signedAt = fields.find("auth_date").flatMap(InitDataCheck::date);
    if (signedAt.isEmpty()) {
      return new Invalid(Reason.NO_DATE);
    }
    var now = clock.instant();
    if (signedAt.get().isAfter(now.plus(MAX_AHEAD))) {
      return new Invalid(Reason.FROM_THE_FUTURE);
    }
    if (signedAt.get().isBefore(now.minus(MAX_AGE))) {
      return new Stale(signedAt.get());
    }
    return fields
        .find("user")
        .flatMap(this::user)
        .<InitDataResult>map(
            user -> new Verified(new InitData(user, signedAt.get(), fingerprint(signed))))
        .orElseGet(() -> new Invalid(Reason.NO_USER));
  }

  private static String fingerprint(String signed) {
    return HexFormat.of().formatHex(Hashes.sha256(signed));
  }

  private static Optional<byte[]> hash(String text) {
    var lowerCaseHex = text.length() == 64 && text.chars().allMatch(InitDataCheck::isLowerHex);
    return lowerCaseHex ? Optional.of(HexFormat.of().parseHex(text)) : Optional.empty();
  }

  private static boolean isLowerHex(int c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
  }

  private static Optional<Instant> date(String text) {
    var digits =
        !text.isEmpty() && text.length() <= 11 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    return digits ? Optional.of(Instant.ofEpochSecond(Long.parseLong(text))) : Optional.empty();
  }

  private Optional<TelegramProfile> user(String text) {
    JsonNode user;
    try {
      user = json.readTree(text);
    } catch (JacksonException e) {
      return Optional.empty();
    }
    var id = user.path("id");
    var firstName = user.path("first_name");
    var person = !user.path("is_bot").asBoolean(false);
    if (!person || !id.isIntegralNumber() || !id.canConvertToLong() || !firstName.isString()) {
      return Optional.empty();
    }
    if (id.longValue() <= 0 || id.longValue() > MAX_ID) {
      return Optional.empty();
    }
    return Optional.of(
        new TelegramProfile(
            new TelegramUserId(id.longValue()),
            firstName.stringValue(),
            text(user.path("last_name")),
            text(user.path("username")),
            text(user.path("language_code")).map(Language::of)));
  }

  private static Optional<String> text(JsonNode node) {
    return node.isString() && !node.stringValue().isEmpty()
        ? Optional.of(node.stringValue())
        : Optional.empty();
  }
}
