package propusk.app.config;

import java.net.URI;
import java.util.Arrays;
import java.util.Optional;
import propusk.domain.seal.Sealer;
import propusk.miniapp.edge.Network;

/// What a setting's text must look like.
enum Form {
  TEXT("a text"),
  NUMBER("a number"),
  COUNT("a number from 1 on"),
  PORT("a port, 0 to 65535"),
  URL("an http or https address without a path"),
  SWITCH("on or off"),
  UPDATES("poll or webhook"),
  TELEGRAM_SECRET("16 to 256 letters, digits, _ and -"),
  ADDRESS("host:port"),
  LIST("values separated by commas"),
  NETWORKS("addresses or networks such as 10.0.0.0/8, separated by commas"),
  TELEGRAM_IDS("Telegram ids separated by commas, numbers without a sign"),
  BOT_TOKEN("a number, a colon and letters, as @BotFather gives it"),
  KEY("32 bytes in base64, newest key first when there are several, separated by commas"),
  DATABASE("postgres://user:password@host:5432/name or jdbc:postgresql://host:5432/name?user=…");

  private final String words;

  Form(String words) {
    this.words = words;
  }

  /// In words what is expected, if the text is not that.
  Optional<String> refuse(String text) {
    return fits(text) ? Optional.empty() : Optional.of(words);
  }

  private boolean fits(String text) {
    return switch (this) {
      case TEXT, LIST -> !text.isBlank();
      case NETWORKS ->
          Arrays.stream(text.split(",")).allMatch(one -> Network.parse(one.strip()).isPresent());
      case NUMBER -> text.matches("\\d{1,9}");
      case COUNT -> text.matches("[1-9]\\d{0,8}");
      case PORT -> text.matches("\\d{1,5}") && Integer.parseInt(text) <= 65535;
      case URL -> isOrigin(text);
      case SWITCH -> text.matches("on|off");
      case UPDATES -> text.matches("poll|webhook");
      case TELEGRAM_SECRET -> text.matches("[A-Za-z0-9_-]{16,256}");
      case ADDRESS -> text.matches("[^:\\s]+:\\d{1,5}");
      case TELEGRAM_IDS -> text.matches("[1-9]\\d{0,15}(\\s*,\\s*[1-9]\\d{0,15})*");
      case BOT_TOKEN -> text.matches("[1-9]\\d{0,17}:[A-Za-z0-9_-]{1,256}");
      case KEY -> isKey(text);
      case DATABASE -> text.matches("(jdbc:postgresql|postgres|postgresql)://.+");
    };
  }

  private static boolean isOrigin(String text) {
    try {
      var uri = URI.create(text);
      var scheme = String.valueOf(uri.getScheme());
      return scheme.matches("https?") && uri.getHost() != null && uri.getPath().isEmpty();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean isKey(String text) {
    try {
      return Sealer.parse(text) != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
