package propusk.mtproto.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import propusk.mtproto.client.TdError.SessionGone.Reason;

final class TdErrorTest {
  @Test
  void bothFormsOfAFloodAreOneKind() {
    var minute = new TdError.FloodWait(Duration.ofSeconds(60));
    assertEquals(minute, TdError.parse(420, "FLOOD_WAIT_60"));
    assertEquals(minute, TdError.parse(429, "Too Many Requests: retry after 60"));
  }

  @Test
  void refusalsThatPeopleAreToldAboutAreKinds() {
    assertEquals(new TdError.ApiIdRefused("API_ID_INVALID"), TdError.parse(400, "API_ID_INVALID"));
    assertEquals(new TdError.PasswordHashInvalid(), TdError.parse(400, "PASSWORD_HASH_INVALID"));
    assertEquals(new TdError.PasswordCheckStale(), TdError.parse(400, "SRP_ID_INVALID"));
    assertEquals(new TdError.PasswordFlood(), TdError.parse(406, "PHONE_PASSWORD_FLOOD"));
    assertEquals(new TdError.CodeInvalid(), TdError.parse(400, "PHONE_CODE_INVALID"));
    assertEquals(new TdError.CodeExpired(), TdError.parse(400, "PHONE_CODE_EXPIRED"));
    assertEquals(new TdError.SessionGone(Reason.REVOKED), TdError.parse(401, "SESSION_REVOKED"));
    assertEquals(
        new TdError.SessionGone(Reason.DEACTIVATED), TdError.parse(401, "USER_DEACTIVATED"));
    assertEquals(new TdError.AuthKeyDuplicated(), TdError.parse(406, "AUTH_KEY_DUPLICATED"));
    assertEquals(new TdError.Aborted(), TdError.parse(500, "Request aborted"));
  }

  @Test
  void anUnknownWordIsKeptAndFreeTextIsNot() {
    assertEquals(new TdError.Other(400, "NEW_THING"), TdError.parse(400, "NEW_THING"));
    assertEquals(
        new TdError.Other(400, "unlisted"), TdError.parse(400, "Can't use +4915112345678"));
  }
}
