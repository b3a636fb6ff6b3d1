package propusk.miniapp.event;

import io.javalin.http.Context;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.server.Request;
import propusk.domain.seal.Secret;
import propusk.domain.signin.BrowserProof;
import propusk.domain.signin.SignInId;
import propusk.miniapp.edge.Cookies;

/// [Cookies#EVENT]: the sign-in that a browser waits on, and the secret that shows it is the one
/// that began.
record EventCookie(SignInId signIn, Secret secret) {
  private static final Pattern FORM = Pattern.compile("([A-Za-z0-9_-]{22})~([A-Za-z0-9_-]{43})");

  static Optional<EventCookie> of(Context ctx) {
    return Cookies.find(ctx, Cookies.EVENT).flatMap(EventCookie::parse);
  }

  static Optional<EventCookie> of(Request request) {
    return Request.getCookies(request).stream()
        .filter(cookie -> cookie.getName().equals(Cookies.EVENT))
        .map(HttpCookie::getValue)
        .findFirst()
        .flatMap(EventCookie::parse);
  }

  BrowserProof proof() {
    return new BrowserProof.Cookie(secret);
  }

  /// As it is set, and what forms of its browser are bound to.
  Secret value() {
    return new Secret(signIn.value() + "~" + secret.value());
  }

  private static Optional<EventCookie> parse(String value) {
    var parts = FORM.matcher(value);
    return parts.matches()
        ? Optional.of(new EventCookie(new SignInId(parts.group(1)), new Secret(parts.group(2))))
        : Optional.empty();
  }
}
