package propusk.miniapp.initdata;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import propusk.domain.seal.Hashes;

/// Init data as Telegram signs it, for tests: written from Telegram's description, not from our
/// check.
public final class SignedInitData {
  private final Map<String, String> fields = new TreeMap<>();

  private SignedInitData() {}

  public static SignedInitData of(long userId, String firstName, Instant at) {
    return new SignedInitData()
        .with("auth_date", Long.toString(at.getEpochSecond()))
        .with("query_id", "AAHdF6IQAAAAAN0XohDhrOrc")
        .with("signature", "fQ8vT1Zb2Kk5Qm0nR7sXyA")
        .with("user", "{\"id\":" + userId + ",\"first_name\":\"" + firstName + "\"}");
  }

  public SignedInitData with(String key, String value) {
    fields.put(key, value);
    return this;
  }

  public SignedInitData without(String key) {
    fields.remove(key);
    return this;
  }

  public String signedFor(String botToken) {
    var signed =
        fields.entrySet().stream()
            .map(field -> field.getKey() + "=" + field.getValue())
            .collect(Collectors.joining("\n"));
    var secret = Hashes.hmac("WebAppData".getBytes(UTF_8), botToken);
    var hash = HexFormat.of().formatHex(Hashes.hmac(secret, signed));
    return query() + "&hash=" + hash;
  }

  public String query() {
    return fields.entrySet().stream()
        .map(field -> field.getKey() + "=" + encode(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encode(String value) {
    return URLEncoder.encode(value, UTF_8).replace("+", "%20");
  }
}
