package propusk.miniapp.edge;

import io.javalin.http.Context;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.server.Request;
import propusk.domain.seal.Secret;

/// [Cookies#CONNECT]: a browser that follows a login, or is about to. Before it is bound to one the
/// cookie only tells browsers apart.
public final class ConnectCookie {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");

  private ConnectCookie() {}

  public static Optional<Secret> of(Context ctx) {
    return secret(Cookies.find(ctx, Cookies.CONNECT));
  }

  public static Optional<Secret> of(Request request) {
    return secret(
        Request.getCookies(request).stream()
            .filter(cookie -> cookie.getName().equals(Cookies.CONNECT))
            .map(HttpCookie::getValue)
            .findFirst());
  }

  private static Optional<Secret> secret(Optional<String> value) {
    return value.filter(text -> FORM.matcher(text).matches()).map(Secret::new);
  }
}
