package propusk.miniapp.signin;

import io.javalin.http.Context;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.server.Request;
import propusk.domain.seal.Secret;
import propusk.miniapp.edge.Cookies;

/// [Cookies#SIGN_IN]: a browser that wants to enter. It binds every sign-in that it begins, so that
/// nobody who knows only a sign-in's public id can look at it or exchange it.
final class SignInCookie {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");

  private SignInCookie() {}

  static Optional<Secret> of(Context ctx) {
    return secret(Cookies.find(ctx, Cookies.SIGN_IN));
  }

  static Optional<Secret> of(Request request) {
    return secret(
        Request.getCookies(request).stream()
            .filter(cookie -> cookie.getName().equals(Cookies.SIGN_IN))
            .map(HttpCookie::getValue)
            .findFirst());
  }

  private static Optional<Secret> secret(Optional<String> value) {
    return value.filter(text -> FORM.matcher(text).matches()).map(Secret::new);
  }
}
