package propusk.miniapp.phone;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.jdbi.v3.core.Jdbi;
import propusk.domain.account.PhoneHashes;
import propusk.domain.limit.Limits;
import propusk.domain.login.LoginBrowsers;
import propusk.domain.login.Logins;
import propusk.domain.notify.Channel;
import propusk.domain.notify.Notifications;
import propusk.domain.seal.Tokens;
import propusk.domain.websession.WebSessions;
import propusk.miniapp.MiniAppConfig;
import propusk.miniapp.device.RememberedBrowsers;
import propusk.miniapp.edge.ClientAddresses;
import propusk.miniapp.page.Shells;
import propusk.miniapp.page.Templates;
import propusk.miniapp.push.Waits;
import tools.jackson.databind.ObjectMapper;

/// The way in by phone and code: its pages, its JSON, and its place among those who hear that a
/// login changed.
public final class PhoneWay implements AutoCloseable {
  private final Waits waits;
  private final PhonePages pages;
  private final PhoneApi api;

  /// What it is built from.
  public record Parts(
      MiniAppConfig config,
      Jdbi jdbi,
      Logins logins,
      LoginBrowsers browsers,
      WebSessions webSessions,
      RememberedBrowsers remembered,
      Limits limits,
      PhoneHashes hashes,
      InstantSource clock,
      LongSupplier nanoTime,
      SecureRandom random,
      Shells shells,
      Templates templates,
      ObjectMapper json) {}

  public PhoneWay(Parts parts) {
    waits = new Waits(parts.nanoTime());
    var logins =
        new PhoneLogins(
            new PhoneLogins.Parts(
                parts.jdbi(),
                parts.logins(),
                parts.browsers(),
                parts.webSessions(),
                parts.limits(),
                parts.hashes(),
                waits));
    var door =
        new PhoneDoor(
            logins,
            new PhoneNumbers(),
            new PhoneRefusals(parts.clock()),
            new ClientAddresses(parts.config().trustedProxies()),
            parts.shells(),
            parts.config().passwordPages());
    pages =
        new PhonePages(
            door,
            new PhonePages.Parts(
                parts.shells(),
                parts.templates(),
                parts.json(),
                new Tokens(parts.random()),
                parts.clock(),
                parts.config().baseUrl(),
                parts.remembered()));
    api = new PhoneApi(door, parts.json(), parts.clock());
  }

  public void routes(RoutesConfig routes) {
    pages.add(routes);
    api.add(routes);
  }

  /// Answers `POST /api/auth/exchange` for a login of this way, named by its token.
  public void exchange(Context ctx, String token) {
    api.exchange(ctx, token);
  }

  public void listen(Notifications notifications) {
    notifications.on(Channel.LOGIN, waits::hint);
  }

  /// Requests that wait go on with what they have.
  @Override
  public void close() {
    waits.close();
  }
}
