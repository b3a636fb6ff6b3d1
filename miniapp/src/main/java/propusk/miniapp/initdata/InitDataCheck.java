package propusk.miniapp.initdata;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.InstantSource;
import java.util.Optional;
import propusk.domain.account.Language;
import propusk.domain.account.TelegramProfile;
import propusk.domain.account.TelegramUserId;
import propusk.miniapp.initdata.InitDataResult.Invalid;
import propusk.miniapp.initdata.InitDataResult.Reason;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// Checks that init data was signed by Telegram for one bot, lately: [Validating data received via
/// the Mini App](https://core.telegram.org/bots/webapps#validating-data-received-via-the-mini-app).
///
/// Safe for use by many threads.
public final class InitDataCheck {
  private static final int MAX_BYTES = 4096;

  private final ObjectMapper json;
  private final SignatureCheck signature;

  public InitDataCheck(ObjectMapper json, InstantSource clock) {
    this.json = json;
    signature = new SignatureCheck(clock);
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
      return signature.check(
          InitDataFields.parse(raw), bot, fields -> fields.find("user").flatMap(this::user));
    } catch (InitDataFields.Malformed e) {
      return new Invalid(e.reason());
    }
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
    if (!SignatureCheck.isPerson(id.longValue())) {
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
