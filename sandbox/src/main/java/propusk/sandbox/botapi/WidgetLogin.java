package propusk.sandbox.botapi;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import propusk.sandbox.world.Person;

/// What Telegram's OAuth host tells a site of a person who let it know: their names, signed with
/// the bot's token.
///
/// @see <a href="https://core.telegram.org/widgets/login#checking-authorization">Checking
///   authorization</a>
public final class WidgetLogin {
  private WidgetLogin() {}

  /// Where the person's browser goes on: the site's address with the result in its fragment.
  ///
  /// @param at when the person said yes, by the machine's clock
  public static String url(String returnTo, SandboxBot bot, Person person, Instant at) {
    var result = TelegramJson.object().put("id", person.id());
    var fields = new TreeMap<String, String>();
    fields.put("id", Long.toString(person.id()));
    fields.put("first_name", person.firstName());
    person.lastName().ifPresent(name -> fields.put("last_name", name));
    person.username().ifPresent(name -> fields.put("username", name));
    fields.forEach((name, value) -> {
      if (!name.equals("id")) {
        result.put(name, value);
      }
    });
    fields.put("auth_date", Long.toString(at.getEpochSecond()));
    result.put("auth_date", at.getEpochSecond());
    result.put("hash", sign(bot, fields));
    var json = BotApiJson.MAPPER.writeValueAsString(result).getBytes(StandardCharsets.UTF_8);
    return returnTo
        + "#tgAuthResult="
        + Base64.getUrlEncoder().withoutPadding().encodeToString(json);
  }

  private static String sign(SandboxBot bot, SortedMap<String, String> fields) {
    var lines =
        fields.entrySet().stream()
            .map(field -> field.getKey() + "=" + field.getValue())
            .collect(Collectors.joining("\n"));
    try {
      var key =
          MessageDigest.getInstance("SHA-256").digest(bot.token().getBytes(StandardCharsets.UTF_8));
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(lines.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
