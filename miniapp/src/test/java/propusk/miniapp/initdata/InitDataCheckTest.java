package propusk.miniapp.initdata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import propusk.domain.account.Language;
import propusk.domain.seal.Secret;
import propusk.miniapp.initdata.InitDataResult.Invalid;
import propusk.miniapp.initdata.InitDataResult.Reason;
import propusk.miniapp.initdata.InitDataResult.Stale;
import propusk.miniapp.initdata.InitDataResult.Verified;
import tools.jackson.databind.json.JsonMapper;

class InitDataCheckTest {
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  private static final String TOKEN = "100000001:AAFtestTestTestTestTestTestTestTest";
  private static final BotKey BOT = BotKey.of(new Secret(TOKEN));

  private final InitDataCheck check =
      new InitDataCheck(JsonMapper.builder().build(), InstantSource.fixed(NOW));

  @Test
  void acceptsWhatTelegramSigned() {
    var raw =
        signed()
            .with(
                "user",
                """
                {"id":139883458,"first_name":"Илья","last_name":"Козлов","username":"ilya_kozlov",\
                "language_code":"ru","allows_write_to_pm":true}\
                """)
            .signedFor(TOKEN);
    var user = verified(raw).user();
    assertEquals(139883458L, user.id().value());
    assertEquals("Илья", user.firstName());
    assertEquals(Optional.of("Козлов"), user.lastName());
    assertEquals(Optional.of("ilya_kozlov"), user.username());
    assertEquals(Optional.of(Language.RU), user.language());
  }

  @Test
  void knowsTheSameLaunchInAnotherEncoding() {
    var raw = signed().signedFor(TOKEN);
    var reordered = raw.substring(raw.indexOf('&') + 1) + "&" + raw.substring(0, raw.indexOf('&'));
    assertEquals(verified(raw).fingerprint(), verified(reordered).fingerprint());
  }

  @Test
  void acceptsUpTo300SecondsOldAnd30Ahead() {
    assertInstanceOf(Verified.class, check.check(at(-300).signedFor(TOKEN), BOT));
    assertInstanceOf(Stale.class, check.check(at(-301).signedFor(TOKEN), BOT));
    assertInstanceOf(Verified.class, check.check(at(30).signedFor(TOKEN), BOT));
    assertEquals(Reason.FROM_THE_FUTURE, reason(at(31).signedFor(TOKEN)));
  }

  @Test
  void refusesAnotherBotsInitData() {
    assertEquals(Reason.WRONG_HASH, reason(signed().signedFor("100000002:AAFother")));
  }

  @Test
  void hasNoKeyForAnEmptyToken() {
    assertTrue(BotKey.of("").isEmpty());
    assertTrue(BotKey.of("  ").isEmpty());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void refuses(Reason reason, String raw) {
    assertEquals(reason, reason(raw));
  }

  static Stream<Arguments> refused() {
    var good = signed().signedFor(TOKEN);
    var longName = SignedInitData.of(7, "И".repeat(800), NOW);
    return Stream.of(
        Arguments.of(Reason.EMPTY, ""),
        Arguments.of(Reason.TOO_LONG, longName.signedFor(TOKEN)),
        Arguments.of(Reason.TOO_LONG, "a=" + "b".repeat(1_000_000)),
        Arguments.of(Reason.MALFORMED, "hello"),
        Arguments.of(Reason.MALFORMED, "&" + good),
        Arguments.of(Reason.MALFORMED, good + "&"),
        Arguments.of(Reason.MALFORMED, good + "&x=%f"),
        Arguments.of(Reason.MALFORMED, good + "&x=%"),
        Arguments.of(Reason.MALFORMED, good + "&x=%zz"),
        Arguments.of(Reason.MALFORMED, good + "&x=%C3%28"),
        Arguments.of(Reason.MALFORMED, good + "&x=ж"),
        Arguments.of(Reason.MALFORMED, good + "&x=%0A"),
        Arguments.of(Reason.MALFORMED, good + "&=x"),
        Arguments.of(Reason.MALFORMED, good + "&a%0Aid=x"),
        Arguments.of(Reason.MALFORMED, good + "&a%3Db=x"),
        Arguments.of(Reason.MALFORMED, good + "&%00=x"),
        Arguments.of(Reason.MALFORMED, signed().with("a%0Ab", "x").signedFor(TOKEN)),
        Arguments.of(Reason.DUPLICATE_FIELD, good + "&user=x"),
        Arguments.of(Reason.DUPLICATE_FIELD, good + "&hash=" + "0".repeat(64)),
        Arguments.of(Reason.NO_HASH, signed().query()),
        Arguments.of(Reason.NO_HASH, signed().query() + "&hash="),
        Arguments.of(Reason.NO_HASH, signed().query() + "&hash=" + "0".repeat(63)),
        Arguments.of(Reason.NO_HASH, signed().query() + "&hash=" + "A".repeat(64)),
        Arguments.of(Reason.WRONG_HASH, signed().query() + "&hash=" + "0".repeat(64)),
        Arguments.of(Reason.WRONG_HASH, good + "&extra=1"),
        Arguments.of(Reason.NO_DATE, signed().without("auth_date").signedFor(TOKEN)),
        Arguments.of(Reason.NO_DATE, signed().with("auth_date", "soon").signedFor(TOKEN)),
        Arguments.of(Reason.NO_DATE, signed().with("auth_date", "9".repeat(30)).signedFor(TOKEN)),
        Arguments.of(Reason.NO_USER, signed().without("user").signedFor(TOKEN)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "null",
        "{",
        "7",
        "{\"id\":7}",
        "{\"id\":\"7\",\"first_name\":\"A\"}",
        "{\"id\":0,\"first_name\":\"A\"}",
        "{\"id\":-7,\"first_name\":\"A\"}",
        "{\"id\":7.5,\"first_name\":\"A\"}",
        "{\"id\":99999999999999999999,\"first_name\":\"A\"}",
        "{\"id\":9007199254740993,\"first_name\":\"A\"}",
        "{\"id\":7,\"first_name\":null}",
        "{\"id\":7,\"first_name\":\"A\",\"is_bot\":true}"
      })
  void refusesSignedDataWithoutAPerson(String user) {
    assertEquals(Reason.NO_USER, reason(signed().with("user", user).signedFor(TOKEN)));
  }

  /// T7: whatever is changed in it, it is refused.
  @Test
  void refusesTenThousandMutations() throws Exception {
    var random = new Random(7);
    var raw = signed().with("start_param", "abc").signedFor(TOKEN);
    var meaning = InitDataFields.parse(raw);
    int refused = 0;
    while (refused < 10_000) {
      var mutated = mutate(raw, random);
      if (!sameMeaning(mutated, meaning)) {
        assertInstanceOf(Invalid.class, check.check(mutated, BOT), mutated);
        refused++;
      }
    }
  }

  private static String mutate(String raw, Random random) {
    int at = random.nextInt(raw.length());
    char other = (char) (0x20 + random.nextInt(0x60));
    return switch (random.nextInt(6)) {
      case 0 -> raw.substring(0, at) + other + raw.substring(at + 1);
      case 1 -> raw.substring(0, at) + raw.substring(at + 1);
      case 2 -> raw.substring(0, at) + other + raw.substring(at);
      case 3 -> raw.substring(0, at);
      case 4 -> raw + "&" + other + "=" + random.nextInt();
      default -> {
        int to = at + random.nextInt(raw.length() - at);
        yield raw.substring(0, at)
            + raw.substring(at, to).toUpperCase(Locale.ROOT)
            + raw.substring(to);
      }
    };
  }

  /// `%7b` for `%7B` is another spelling, not another content.
  private static boolean sameMeaning(String mutated, InitDataFields meaning) {
    try {
      var fields = InitDataFields.parse(mutated);
      return fields.dataCheckString().equals(meaning.dataCheckString())
          && fields.find("hash").equals(meaning.find("hash"));
    } catch (InitDataFields.Malformed e) {
      return false;
    }
  }

  private static SignedInitData signed() {
    return SignedInitData.of(139883458, "Ilya", NOW);
  }

  private static SignedInitData at(long seconds) {
    return SignedInitData.of(7, "Ilya", NOW.plus(Duration.ofSeconds(seconds)));
  }

  private InitData verified(String raw) {
    return assertInstanceOf(Verified.class, check.check(raw, BOT)).data();
  }

  private Reason reason(String raw) {
    return assertInstanceOf(Invalid.class, check.check(raw, BOT)).reason();
  }
}
