package propusk.sandbox.botapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import propusk.sandbox.SandboxFixture;

/// The launch of a Mini App, checked as a product would check it.
final class InitDataTest {
  @TempDir Path directory;

  @Test
  void signsALaunchThatTheProductCanCheck() throws GeneralSecurityException {
    try (var fixture = SandboxFixture.start(directory)) {
      var person = fixture.client().newPerson("Илья «+&=%» 😀", "ilya_kozlov");
      var bot = fixture.bot();
      person.send("/login");
      var rows = List.of(List.of(Map.of("text", "Open", "web_app", Map.of("url", PAGE))));
      fixture
          .client()
          .post(
              "/bot" + SandboxFixture.BOT.token() + "/sendMessage",
              Map.of(
                  "chat_id", person.id(),
                  "text", "go",
                  "reply_markup", Map.of("inline_keyboard", rows)));
      var url = URI.create(person.tap(person.awaitMessage("go"), 0).orElseThrow());
      assertTrue(url.toString().startsWith(PAGE + "#tgWebAppData="));
      var fragment = fields(url.getRawFragment());
      assertEquals("weba", fragment.get("tgWebAppPlatform"));
      assertEquals("{}", fragment.get("tgWebAppThemeParams"));
      var data = fields(String.valueOf(fragment.get("tgWebAppData")));
      var hash = data.remove("hash");
      assertEquals(hash, HexFormat.of().formatHex(hmac(secret(), lines(data))));
      assertSignedForThirdParties(fixture, data);
      var user = BotApiJson.MAPPER.readTree(data.get("user"));
      assertEquals(person.id(), user.path("id").asLong());
      assertEquals("Илья «+&=%» 😀", user.path("first_name").asString());
      bot.shutdown();
    }
  }

  private static final String PAGE = "http://localhost:8080/qr-auth?session_id=abc";

  private static void assertSignedForThirdParties(SandboxFixture fixture, Map<String, String> data)
      throws GeneralSecurityException {
    var signature = Base64.getUrlDecoder().decode(data.remove("signature"));
    var raw = fixture.client().get("/sandbox/info").path("init_data_key").asString();
    var encoded = HexFormat.of().parseHex("302a300506032b6570032100" + raw);
    var key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    var verifier = Signature.getInstance("Ed25519");
    verifier.initVerify(key);
    var text = SandboxFixture.BOT.id() + ":WebAppData\n" + lines(data);
    verifier.update(text.getBytes(StandardCharsets.UTF_8));
    assertTrue(verifier.verify(signature));
  }

  private static Map<String, String> fields(String query) {
    return Arrays.stream(query.split("&"))
        .map(field -> field.split("=", 2))
        .collect(
            Collectors.toMap(
                field -> field[0],
                field -> URLDecoder.decode(field[1], StandardCharsets.UTF_8),
                (a, _) -> a,
                TreeMap::new));
  }

  private static String lines(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field -> field.getKey() + "=" + field.getValue())
        .collect(Collectors.joining("\n"));
  }

  private static byte[] secret() throws GeneralSecurityException {
    return hmac("WebAppData".getBytes(StandardCharsets.UTF_8), SandboxFixture.BOT.token());
  }

  private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
  }
}
