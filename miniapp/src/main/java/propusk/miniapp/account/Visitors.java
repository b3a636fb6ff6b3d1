package propusk.miniapp.account;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import propusk.domain.seal.Secret;
import propusk.domain.websession.WebSession;
import propusk.domain.websession.WebSessions;
import propusk.miniapp.edge.Cookies;
import propusk.miniapp.edge.FormTokens;
import propusk.miniapp.edge.Problem;
import propusk.miniapp.edge.Refused;

/// Who stands behind a request to the website, by the browser's cookie. One that is not signed in
/// is led to sign in; a client that wants no page gets a 401.
public final class Visitors {
  /// Where a browser signs in.
  public static final String SIGN_IN = "/login";

  private final Jdbi jdbi;
  private final WebSessions sessions;

  /// A browser that is signed in.
  ///
  /// @param formToken what its forms send along
  public record Visitor(WebSession session, Secret cookie, String formToken) {}

  public Visitors(Jdbi jdbi, WebSessions sessions) {
    this.jdbi = jdbi;
    this.sessions = sessions;
  }

  /// Being asked for a page, the session goes on; an ended one's cookie is taken back.
  public Optional<Visitor> find(Context ctx) {
    var cookie = Cookies.findSecret(ctx, Cookies.SESSION);
    var visitor = cookie.flatMap(this::find);
    if (cookie.isPresent() && visitor.isEmpty()) {
      Cookies.clear(ctx, Cookies.SESSION);
    }
    return visitor;
  }

  private Optional<Visitor> find(Secret cookie) {
    return jdbi.inTransaction(handle -> sessions.show(handle, cookie))
        .map(session -> new Visitor(session, cookie, FormTokens.of(cookie)));
  }

  /// A page that only looks on: its session's time does not go on.
  public Optional<WebSession> watching(Context ctx) {
    return Cookies.findSecret(ctx, Cookies.SESSION)
        .flatMap(cookie -> jdbi.withHandle(handle -> sessions.peek(handle, cookie)));
  }

  /// The browser whose own form asks for something to be done.
  public Optional<Visitor> byForm(Context ctx) {
    var visitor = find(ctx);
    visitor.ifPresent(found -> {
      if (!FormTokens.fits(found.cookie(), ctx.formParam(FormTokens.FIELD))) {
        throw new Refused(Problem.FORM_STALE);
      }
    });
    return visitor;
  }

  public static void leadToSignIn(Context ctx) {
    var accept = ctx.header("Accept");
    if (accept == null || !accept.contains("text/html")) {
      throw new Refused(Problem.SIGNED_OUT);
    }
    var back =
        ctx.method().equals(HandlerType.GET) && !ctx.path().equals(OwnAccount.DASHBOARD)
            ? "?next=" + ctx.path()
            : "";
    ctx.redirect(SIGN_IN + back, HttpStatus.SEE_OTHER);
  }
}
