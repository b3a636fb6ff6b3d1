package propusk.miniapp.connect;

import io.javalin.http.Context;
import java.util.Optional;
import java.util.regex.Pattern;
import propusk.domain.browser.BrowserInfo;
import propusk.domain.login.Guesser;
import propusk.domain.seal.Secret;
import propusk.miniapp.edge.ClientAddresses;

/// What a request tells of its browser.
final class Browsers {
  private static final Pattern LINK = Pattern.compile("[A-Za-z0-9_-]{43}");

  private final ClientAddresses addresses;

  Browsers(ClientAddresses addresses) {
    this.addresses = addresses;
  }

  BrowserInfo info(Context ctx) {
    return BrowserInfo.of(
        Optional.ofNullable(ctx.userAgent()), Optional.of(addresses.of(ctx).ip()));
  }

  Guesser guesser(Context ctx, Secret cookie) {
    return new Guesser(cookie, addresses.of(ctx).subject());
  }

  /// The secret in a one-time link's address.
  static Optional<Secret> link(Context ctx) {
    var text = ctx.pathParam("link");
    return LINK.matcher(text).matches() ? Optional.of(new Secret(text)) : Optional.empty();
  }
}
