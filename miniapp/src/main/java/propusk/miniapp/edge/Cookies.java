package propusk.miniapp.edge;

import io.javalin.http.Context;
import java.time.Duration;
import java.util.Optional;
import propusk.domain.seal.Secret;

/// Our cookies: for this host and https only (browsers take localhost for it), out of scripts'
/// reach, and not sent with what other sites start, but for links. They end with the browser's
/// session, unless they are kept; how long what they stand for counts is in its row.
public final class Cookies {
  /// Binds a browser to a login.
  public static final String CONNECT = "__Host-connect";

  /// A browser that registers.
  public static final String REGISTER = "__Host-register";

  /// A browser that waits for its person's yes on an event's page.
  public static final String EVENT = "__Host-event";

  /// A browser that entered.
  public static final String SESSION = "__Host-session";

  /// A browser that wants to enter.
  public static final String SIGN_IN = "__Host-signin";

  /// A browser that is known again; it outlives the browser's session.
  public static final String DEVICE = "__Host-device";

  /// A browser that goes to Telegram for a Login Widget's result, and comes back with it.
  public static final String WIDGET = "__Host-widget";

  /// The language chosen on the website.
  public static final String LANGUAGE = "__Host-language";

  private static final String ATTRIBUTES = "; Path=/; Secure; HttpOnly; SameSite=Lax";
  private static final int MAX_SECRET = 128;

  private Cookies() {}

  public static void set(Context ctx, String name, Secret secret) {
    set(ctx, name, secret.value());
  }

  /// For what is no secret.
  public static void set(Context ctx, String name, String value) {
    ctx.res().addHeader("Set-Cookie", name + "=" + value + ATTRIBUTES);
  }

  /// For longer than the browser's session.
  public static void keep(Context ctx, String name, Secret secret, Duration life) {
    ctx.res()
        .addHeader(
            "Set-Cookie",
            name + "=" + secret.value() + "; Max-Age=" + life.toSeconds() + ATTRIBUTES);
  }

  public static void clear(Context ctx, String name) {
    ctx.res().addHeader("Set-Cookie", name + "=; Max-Age=0" + ATTRIBUTES);
  }

  public static Optional<Secret> findSecret(Context ctx, String name) {
    return find(ctx, name).flatMap(Cookies::secret);
  }

  /// What a cookie's value says; empty where it is none of ours.
  public static Optional<Secret> secret(String value) {
    return value.isEmpty() || value.length() > MAX_SECRET
        ? Optional.empty()
        : Optional.of(new Secret(value));
  }

  public static Optional<String> find(Context ctx, String name) {
    return Optional.ofNullable(ctx.cookie(name)).filter(value -> !value.isEmpty());
  }
}
