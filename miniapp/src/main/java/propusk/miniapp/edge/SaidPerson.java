package propusk.miniapp.edge;

import java.util.Optional;
import propusk.domain.account.PersonName;
import propusk.domain.account.TelegramUserId;
import tools.jackson.databind.JsonNode;

/// What an organization's own site or bot says of a person, read strictly: nobody but the key's
/// owner has checked it.
public final class SaidPerson {
  // Telegram ids have at most 52 significant bits.
  private static final long MAX_ID = 1L << 52;

  private SaidPerson() {}

  public static TelegramUserId id(JsonNode body, String field) {
    var id = body.path(field);
    boolean person =
        id.isIntegralNumber()
            && id.canConvertToLong()
            && id.longValue() > 0
            && id.longValue() <= MAX_ID;
    if (!person) {
      throw new Refused(Problem.JSON_MALFORMED);
    }
    return new TelegramUserId(id.longValue());
  }

  /// Empty where nothing of it can be seen.
  public static Optional<String> name(JsonNode body, String field) {
    return Requests.findText(body, field).flatMap(PersonName::shown);
  }
}
