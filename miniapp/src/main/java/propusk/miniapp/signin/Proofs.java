package propusk.miniapp.signin;

import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;
import propusk.domain.seal.Secret;
import propusk.domain.signin.BrowserProof;
import propusk.miniapp.edge.Origins;

/// What a request shows as proof that it is the browser that began a sign-in: on our own pages its
/// cookie, on a page of a listed other site the verifier that page keeps.
final class Proofs {
  /// The subprotocol of a WebSocket; a page of another site asks for its verifier besides, since it
  /// can set no header there.
  static final String SUBPROTOCOL = "propusk.auth";

  private static final Pattern VERIFIER = Pattern.compile("[A-Za-z0-9_~.-]{43,128}");
  private static final String BEARER = "Bearer ";

  private final Origins origins;

  Proofs(Origins origins) {
    this.origins = origins;
  }

  /// The listed other site whose page asks.
  Optional<String> site(@Nullable String origin) {
    return Optional.ofNullable(origin).filter(origins::isOther);
  }

  Optional<BrowserProof> of(Context ctx) {
    return site(ctx.header("Origin"))
        .map(site -> verifier(site, bearer(ctx.header("Authorization"))))
        .orElseGet(() -> SignInCookie.of(ctx).map(BrowserProof.Cookie::new));
  }

  Optional<BrowserProof> of(Request request) {
    var headers = request.getHeaders();
    return site(headers.get(HttpHeader.ORIGIN))
        .map(site ->
            verifier(
                site,
                bearer(headers.get(HttpHeader.AUTHORIZATION))
                    .or(() -> asked(headers.getCSV(HttpHeader.SEC_WEBSOCKET_SUBPROTOCOL, false)))))
        .orElseGet(() -> SignInCookie.of(request).map(BrowserProof.Cookie::new));
  }

  private static Optional<BrowserProof> verifier(String site, Optional<String> text) {
    return text.filter(VERIFIER.asMatchPredicate())
        .map(verifier -> new BrowserProof.Verifier(site, new Secret(verifier)));
  }

  private static Optional<String> bearer(@Nullable String authorization) {
    return Optional.ofNullable(authorization)
        .filter(text -> text.startsWith(BEARER))
        .map(text -> text.substring(BEARER.length()));
  }

  private static Optional<String> asked(List<String> subprotocols) {
    return subprotocols.stream().filter(name -> !name.equals(SUBPROTOCOL)).findFirst();
  }
}
