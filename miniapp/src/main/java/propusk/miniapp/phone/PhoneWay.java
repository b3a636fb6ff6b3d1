package propusk.miniapp.phone;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import propusk.domain.notify.Channel;
import propusk.domain.notify.Notifications;
import propusk.miniapp.Feature;
import propusk.miniapp.Ground;
import propusk.miniapp.push.Waits;

/// The way in by phone and code: its pages, its JSON, and its place among those who hear that a
/// login changed.
public final class PhoneWay implements Feature {
  private final Waits waits;
  private final PhonePages pages;
  private final PhoneApi api;

  public PhoneWay(Ground ground) {
    var given = ground.given();
    waits = new Waits(given.nanoTime());
    var logins =
        new PhoneLogins(
            new PhoneLogins.Parts(
                given.jdbi(),
                given.logins(),
                given.loginBrowsers(),
                given.webSessions(),
                ground.remembered(),
                given.limits(),
                given.phoneHashes(),
                waits));
    var door =
        new PhoneDoor(
            logins,
            new PhoneNumbers(),
            new PhoneRefusals(given.clock()),
            ground.addresses(),
            ground.shells(),
            ground.config().passwordPages());
    pages =
        new PhonePages(
            door,
            new PhonePages.Parts(
                ground.shells(),
                ground.templates(),
                ground.json(),
                ground.tokens(),
                given.clock(),
                ground.baseUrl()));
    api = new PhoneApi(door, ground.json(), given.clock());
  }

  @Override
  public void routes(RoutesConfig routes) {
    pages.add(routes);
    api.add(routes);
  }

  /// Answers `POST /api/auth/exchange` for a login of this way, named by its token.
  public void exchange(Context ctx, String token) {
    api.exchange(ctx, token);
  }

  @Override
  public void listen(Notifications notifications) {
    notifications.on(Channel.LOGIN, waits::hint);
  }

  @Override
  public void close() {
    waits.close();
  }
}
