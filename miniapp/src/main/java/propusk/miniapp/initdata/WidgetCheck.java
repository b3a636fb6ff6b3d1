package propusk.miniapp.initdata;

import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import propusk.domain.account.TelegramProfile;
import propusk.domain.account.TelegramUserId;
import propusk.miniapp.initdata.InitDataResult.Invalid;
import propusk.miniapp.initdata.InitDataResult.Reason;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// Checks that a Login Widget's result was signed by Telegram for one bot, lately: [Checking
/// authorization](https://core.telegram.org/widgets/login#checking-authorization). Safe for use by
/// many threads.
public final class WidgetCheck {
  private static final int MAX_LENGTH = 4096;
  private static final Pattern ID = Pattern.compile("[1-9][0-9]{0,15}");

  private final ObjectMapper json;
  private final SignatureCheck signature;

  public WidgetCheck(ObjectMapper json, InstantSource clock) {
    this.json = json;
    signature = new SignatureCheck(clock);
  }

  /// @param raw the query string with which Telegram led back, without what we put there ourselves
  public InitDataResult checkQuery(String raw, BotKey key) {
    if (raw.isEmpty() || raw.length() > MAX_LENGTH) {
      return new Invalid(raw.isEmpty() ? Reason.EMPTY : Reason.TOO_LONG);
    }
    try {
      return signature.check(InitDataFields.parse(raw), key, WidgetCheck::user);
    } catch (InitDataFields.Malformed e) {
      return new Invalid(e.reason());
    }
  }

  /// @param encoded the address's `#tgAuthResult=`: a JSON object in base64url
  public InitDataResult checkFragment(String encoded, BotKey key) {
    if (encoded.isEmpty() || encoded.length() > MAX_LENGTH) {
      return new Invalid(encoded.isEmpty() ? Reason.EMPTY : Reason.TOO_LONG);
    }
    return fields(encoded)
        .map(fields -> signature.check(fields, key, WidgetCheck::user))
        .orElseGet(() -> new Invalid(Reason.MALFORMED));
  }

  /// The object's fields as the text that was signed; what has no such text is refused.
  private Optional<InitDataFields> fields(String encoded) {
    JsonNode object;
    try {
      object = json.readTree(Base64.getUrlDecoder().decode(encoded));
    } catch (JacksonException | IllegalArgumentException e) {
      return Optional.empty();
    }
    SortedMap<String, String> fields = new TreeMap<>();
    for (var field : object.properties()) {
      var value = field.getValue();
      if (!value.isString() && !value.isIntegralNumber()) {
        return Optional.empty();
      }
      fields.put(field.getKey(), value.asString());
    }
    return InitDataFields.of(fields);
  }

  private static Optional<TelegramProfile> user(InitDataFields fields) {
    var id = fields.find("id").filter(ID.asMatchPredicate()).map(Long::parseLong);
    var firstName = fields.find("first_name");
    if (id.filter(SignatureCheck::isPerson).isEmpty() || firstName.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new TelegramProfile(
            new TelegramUserId(id.get()),
            firstName.get(),
            fields.find("last_name").filter(name -> !name.isEmpty()),
            fields.find("username").filter(name -> !name.isEmpty()),
            Optional.empty()));
  }
}
