package propusk.miniapp.initdata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import propusk.domain.account.TelegramUserId;
import propusk.domain.seal.Secret;
import propusk.miniapp.edge.Refused;
import tools.jackson.databind.json.JsonMapper;

class LaunchesTest {
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  private static final String OURS = "100000001:AAFtestTestTestTestTestTestTestTest";
  private static final String CLUBS = "100000002:AAFtestTestTestTestTestTestTestTest";
  private static final BotKey OUR_KEY = BotKey.of(new Secret(OURS));

  private final Launches launches =
      new Launches(
          new InitDataCheck(JsonMapper.builder().build(), InstantSource.fixed(NOW)),
          Map.of(1L, OUR_KEY, 2L, BotKey.of(new Secret(CLUBS))),
          Map.of(1L, OUR_KEY));

  @Test
  void anOrganizationsBotOpensItsOwnLoginsButProvesNobodyForTheAccount() {
    var ilya = SignedInitData.of(139_883_458, "Илья", NOW);
    assertEquals(1L, launches.byAny(ilya.signedFor(OURS)).botId());
    var byClub = ilya.signedFor(CLUBS);
    assertThrows(Refused.class, () -> launches.byAny(byClub));
    assertEquals(new TelegramUserId(139_883_458), launches.by(2L, byClub).user().id());
  }
}
