package propusk.app.config;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import propusk.domain.seal.Secret;

/// Where PostgreSQL is and as whom we enter it.
public record DatabaseConfig(String jdbcUrl, String user, Secret password) {

  /// Takes libpq's form (`postgres://user:password@host:5432/name?sslmode=…`) and JDBC's.
  static DatabaseConfig parse(String text) {
    var uri = URI.create(text.startsWith("jdbc:") ? text.substring("jdbc:".length()) : text);
    var userInfo = Optional.ofNullable(uri.getRawUserInfo()).orElse("").split(":", 2);
    var user = parameter(uri, "user").orElse(decode(userInfo[0]));
    var password =
        parameter(uri, "password").orElse(userInfo.length > 1 ? decode(userInfo[1]) : "");
    var port = uri.getPort() < 0 ? 5432 : uri.getPort();
    var jdbcUrl =
        "jdbc:postgresql://%s:%d%s%s".formatted(uri.getHost(), port, uri.getPath(), rest(uri));
    return new DatabaseConfig(
        jdbcUrl,
        user.isEmpty() ? "propusk" : user,
        new Secret(password.isEmpty() ? " " : password));
  }

  private static Optional<String> parameter(URI uri, String name) {
    return Arrays.stream(query(uri))
        .filter(pair -> pair.startsWith(name + "="))
        .map(pair -> decode(pair.substring(name.length() + 1)))
        .findFirst();
  }

  private static String rest(URI uri) {
    var others =
        Arrays.stream(query(uri))
            .filter(pair ->
                !pair.isEmpty() && !pair.startsWith("user=") && !pair.startsWith("password="))
            .collect(Collectors.joining("&"));
    return others.isEmpty() ? "" : "?" + others;
  }

  private static String[] query(URI uri) {
    return Optional.ofNullable(uri.getRawQuery()).orElse("").split("&");
  }

  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
