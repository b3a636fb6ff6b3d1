package propusk.miniapp.device;

import io.javalin.http.Context;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import propusk.domain.account.AccountId;
import propusk.domain.browser.BrowserInfo;
import propusk.domain.device.TrustedDevices;
import propusk.domain.seal.Secret;
import propusk.domain.websession.WebSessionId;
import propusk.miniapp.edge.Cookies;

/// Gives browsers the cookie by which they are known again, and takes it back.
public final class RememberedBrowsers {
  private final Jdbi jdbi;
  private final TrustedDevices devices;

  public RememberedBrowsers(Jdbi jdbi, TrustedDevices devices) {
    this.jdbi = jdbi;
    this.devices = devices;
  }

  /// Remembers the browser that enters in this transaction: both or neither.
  ///
  /// @param earlier the cookie by which it was known until now
  /// @param session the cookie of its web session
  /// @return the cookie for [#keep], once the transaction has committed
  public Secret remember(
      Handle handle,
      Optional<Secret> earlier,
      AccountId account,
      BrowserInfo from,
      Secret session) {
    earlier.ifPresent(old -> devices.drop(handle, old));
    return devices.remember(handle, account, from, session);
  }

  /// The browser's person signs out: it is known again only together with their number.
  public void rest(Context ctx) {
    Cookies.findSecret(ctx, Cookies.DEVICE)
        .ifPresent(cookie -> jdbi.useTransaction(handle -> devices.rest(handle, cookie)));
  }

  /// The browser with this web session is forgotten.
  public void revokeWith(Handle handle, AccountId account, WebSessionId session) {
    devices.revokeWith(handle, account, session);
  }

  /// All browsers of an account are forgotten but the one with this web session.
  public void revokeOthers(Handle handle, AccountId account, WebSessionId kept) {
    devices.revokeOthers(handle, account, kept);
  }

  /// All browsers of an account are forgotten.
  public void revokeAll(Handle handle, AccountId account) {
    devices.revokeAll(handle, account);
  }

  public static void keep(Context ctx, Secret cookie) {
    Cookies.keep(ctx, Cookies.DEVICE, cookie, TrustedDevices.LIFE);
  }
}
