package propusk.miniapp.edge;

import io.javalin.http.Context;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import propusk.domain.login.LoginId;
import propusk.domain.seal.Secret;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// Reads requests into types; what does not fit is [Refused].
public final class Requests {
  private static final int MAX_BODY = 16 * 1024;
  private static final int MAX_DRAINED = 256 * 1024;
  private static final int MAX_BEARER = 128;
  private static final String BEARER = "Bearer ";

  private final ObjectMapper json;

  public Requests(ObjectMapper json) {
    this.json = json;
  }

  public JsonNode jsonBody(Context ctx) {
    var type = ctx.contentType();
    if (type == null || !type.strip().toLowerCase(Locale.ROOT).startsWith("application/json")) {
      throw new Refused(Problem.JSON_EXPECTED);
    }
    try {
      var node = json.readTree(body(ctx));
      if (node.isObject()) {
        return node;
      }
    } catch (JacksonException e) {
      // answered below
    }
    throw new Refused(Problem.JSON_MALFORMED);
  }

  private static byte[] body(Context ctx) {
    try {
      var stream = ctx.req().getInputStream();
      var bytes = stream.readNBytes(MAX_BODY + 1);
      if (bytes.length > MAX_BODY) {
        // Read what is not much more, so that the connection stays in order; else end it.
        if (stream.readNBytes(MAX_DRAINED).length == MAX_DRAINED) {
          ctx.header("Connection", "close");
        }
        throw new Refused(Problem.BODY_TOO_LARGE);
      }
      return bytes;
    } catch (IOException e) {
      throw new Refused(Problem.BAD_REQUEST);
    }
  }

  /// A text field that must be there.
  public static String text(JsonNode body, String field) {
    return findText(body, field).orElseThrow(() -> new Refused(Problem.JSON_MALFORMED));
  }

  public static Optional<String> findText(JsonNode body, String field) {
    var node = body.path(field);
    if (node.isMissingNode() || node.isNull()) {
      return Optional.empty();
    }
    if (!node.isString()) {
      throw new Refused(Problem.JSON_MALFORMED);
    }
    return Optional.of(node.stringValue());
  }

  public static Optional<Integer> findWhole(JsonNode body, String field) {
    var node = body.path(field);
    if (node.isMissingNode() || node.isNull()) {
      return Optional.empty();
    }
    if (!node.isIntegralNumber() || !node.canConvertToInt()) {
      throw new Refused(Problem.JSON_MALFORMED);
    }
    return Optional.of(node.intValue());
  }

  public static LoginId loginId(@Nullable String text) {
    return Optional.ofNullable(text)
        .flatMap(LoginId::parse)
        .orElseThrow(() -> new Refused(Problem.SESSION_ID_MALFORMED));
  }

  /// The bearer of an Authorization header; empty when there is no such header.
  public static Optional<Secret> bearer(@Nullable String authorization) {
    if (authorization == null) {
      return Optional.empty();
    }
    int length = authorization.length() - BEARER.length();
    boolean plausible = authorization.startsWith(BEARER) && length > 0 && length <= MAX_BEARER;
    if (!plausible) {
      throw new Refused(Problem.BEARER_INVALID);
    }
    return Optional.of(new Secret(authorization.substring(BEARER.length())));
  }
}
