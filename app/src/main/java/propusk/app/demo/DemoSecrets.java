package propusk.app.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import propusk.app.launch.PrivateFile;

/// The demo's keys and tokens: made once, kept in a file for its owner only.
record DemoSecrets(Map<String, String> settings) {
  static final String BOT_USERNAME = "propusk_demo_bot";
  private static final String FILE = "secrets.properties";
  private static final String TELEGRAM_API_ID = "17349";

  static DemoSecrets load(Path directory, SecureRandom random) {
    var file = directory.resolve(FILE);
    var settings = read(file);
    var before = settings.size();
    keep(settings, "PROPUSK_SECRET_KEY", () -> base64(random, 32));
    keep(settings, "PROPUSK_VAULT_KEY", () -> base64(random, 32));
    keep(settings, "PROPUSK_BOT_TOKEN", () -> botToken(random));
    keep(settings, "PROPUSK_API_ID", () -> TELEGRAM_API_ID);
    keep(settings, "PROPUSK_API_HASH", () -> hex(random, 16));
    if (settings.size() > before) {
      PrivateFile.write(file, text(settings));
    }
    return new DemoSecrets(settings);
  }

  String botToken() {
    var token = settings.get("PROPUSK_BOT_TOKEN");
    if (token == null) {
      throw new IllegalStateException("The demo's bot has no token");
    }
    return token;
  }

  private static void keep(Map<String, String> settings, String name, Supplier<String> make) {
    if (!settings.containsKey(name)) {
      settings.put(name, make.get());
    }
  }

  /// A number, a colon and 35 characters, as BotFather gives them out.
  private static String botToken(SecureRandom random) {
    var number = 1_000_000_000L + random.nextInt(900_000_000);
    var bytes = new byte[26];
    random.nextBytes(bytes);
    return number + ":" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String base64(SecureRandom random, int length) {
    var bytes = new byte[length];
    random.nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static String hex(SecureRandom random, int length) {
    var bytes = new byte[length];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static Map<String, String> read(Path file) {
    var settings = new TreeMap<String, String>();
    if (!Files.exists(file)) {
      return settings;
    }
    try (var reader = Files.newBufferedReader(file)) {
      var properties = new Properties();
      properties.load(reader);
      properties.forEach((name, value) -> settings.put((String) name, (String) value));
      return settings;
    } catch (IOException e) {
      throw new UncheckedIOException("Could not read " + file, e);
    }
  }

  /// Properties take `=` in values as they are.
  private static String text(Map<String, String> settings) {
    return settings.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining("\n", "", "\n"));
  }

  @Override
  public String toString() {
    return "DemoSecrets[…]";
  }
}
