package propusk.sandbox.botapi;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import propusk.sandbox.world.Person;

/// The address a `web_app` button opens: the bot's URL with signed init data in its fragment.
///
/// @see <a href="https://core.telegram.org/bots/webapps#validating-data-received-via-the-mini-app">
///   Validating data</a>
public final class WebAppLaunch {
  private static final String VERSION = "9.1";
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  /// How the launch looks to the Mini App.
  ///
  /// @param platform `weba` as Telegram Web says, or `android`, `ios`, `tdesktop` …
  /// @param theme `tgWebAppThemeParams`, a JSON object
  public record Device(String platform, String theme) {
    public static final Device WEB = new Device("weba", "{}");
  }

  private final SecureRandom random;
  private final PrivateKey key;

  /// @param key an Ed25519 key that stands for Telegram's own, for the third-party signature
  public WebAppLaunch(SecureRandom random, PrivateKey key) {
    this.random = random;
    this.key = key;
  }

  /// @param url as the button has it
  /// @param at when the button was tapped, by the machine's clock
  String url(String url, SandboxBot bot, Person person, Device device, Instant at) {
    var fragment =
        "tgWebAppData=%s&tgWebAppVersion=%s&tgWebAppPlatform=%s&tgWebAppThemeParams=%s"
            .formatted(
                encoded(initData(bot, person, at)),
                VERSION,
                encoded(device.platform()),
                encoded(device.theme()));
    return url + (url.contains("#") ? "&" : "#") + fragment;
  }

  private String initData(SandboxBot bot, Person person, Instant at) {
    var fields = new TreeMap<String, String>();
    fields.put("query_id", queryId(person));
    fields.put("user", user(person));
    fields.put("auth_date", Long.toString(at.getEpochSecond()));
    fields.put("signature", signature(bot, lines(fields)));
    var hash = HexFormat.of().formatHex(hmac(hmac("WebAppData", bot.token()), lines(fields)));
    fields.put("hash", hash);
    return fields.entrySet().stream()
        .map(field -> field.getKey() + "=" + encoded(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String user(Person person) {
    var json = TelegramJson.user(person);
    json.remove("is_bot");
    return json.put("allows_write_to_pm", true).toString();
  }

  private String queryId(Person person) {
    var bytes = ByteBuffer.allocate(18).putInt((int) person.id()).putInt(0);
    var tail = new byte[10];
    random.nextBytes(tail);
    return BASE64.encodeToString(bytes.put(tail).array());
  }

  private static String lines(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field -> field.getKey() + "=" + field.getValue())
        .collect(Collectors.joining("\n"));
  }

  private String signature(SandboxBot bot, String lines) {
    try {
      var signer = Signature.getInstance("Ed25519");
      signer.initSign(key);
      signer.update((bot.id() + ":WebAppData\n" + lines).getBytes(StandardCharsets.UTF_8));
      return BASE64.encodeToString(signer.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] hmac(String key, String text) {
    return hmac(key.getBytes(StandardCharsets.UTF_8), text);
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
