package propusk.miniapp.account;

import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import propusk.domain.account.AccountId;
import propusk.domain.seal.Secret;
import propusk.domain.websession.WebSession;
import propusk.miniapp.edge.Away;
import propusk.miniapp.edge.Cookies;
import propusk.miniapp.edge.Problem;
import propusk.miniapp.edge.Problems;
import propusk.miniapp.push.Push;
import propusk.miniapp.push.PushMessage;

/// `GET /account/events`: tells a page that what it shows has changed, and ends with the browser's
/// web session, in whichever process that was ended. Looking on keeps no session alive.
final class AccountEvents extends Handler.Wrapper {
  private static final Logger LOG = LoggerFactory.getLogger(AccountEvents.class);
  private static final String PATH = "/account/events";

  private final Jdbi jdbi;
  private final AccountViews views;
  private final Push push;
  private final Problems problems;

  AccountEvents(OwnAccount.Parts parts) {
    jdbi = parts.jdbi();
    views = parts.views();
    push = parts.push();
    problems = parts.problems();
  }

  static String topic(String accountId) {
    return "account/" + accountId;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    var ours = Request.getPathInContext(request).equals(PATH) && request.getMethod().equals("GET");
    if (!ours) {
      return super.handle(request, response, callback);
    }
    try {
      stream(request, response, callback);
    } catch (RuntimeException e) {
      problems.write(request, response, callback, ours(e));
    }
    return true;
  }

  private void stream(Request request, Response response, Callback callback) {
    var cookie = cookie(request);
    var session = cookie.flatMap(this::session);
    if (cookie.isEmpty() || session.isEmpty()) {
      problems.write(request, response, callback, Problem.SIGNED_OUT);
      return;
    }
    var account = session.get().account();
    push.stream(
        topic(Long.toString(account.value())),
        new Watch(cookie.get(), account),
        response,
        callback);
  }

  private Optional<WebSession> session(Secret cookie) {
    return jdbi.withHandle(handle -> views.webSessions().peek(handle, cookie));
  }

  private static Optional<Secret> cookie(Request request) {
    return Request.getCookies(request).stream()
        .filter(cookie -> cookie.getName().equals(Cookies.SESSION))
        .map(HttpCookie::getValue)
        .findFirst()
        .flatMap(Cookies::secret);
  }

  /// One browser's view: a stamp that differs from the one before is news.
  private final class Watch implements Supplier<Optional<PushMessage>> {
    private final Secret cookie;
    private final AccountId account;
    private String told = "";
    private long version;

    Watch(Secret cookie, AccountId account) {
      this.cookie = cookie;
      this.account = account;
    }

    @Override
    public synchronized Optional<PushMessage> get() {
      return jdbi.withHandle(handle -> {
        if (views.webSessions().peek(handle, cookie).isEmpty()) {
          return Optional.empty();
        }
        var stamp = views.read(handle, account).stamp();
        if (!stamp.equals(told)) {
          told = stamp;
          version++;
        }
        return Optional.of(
            new PushMessage("account", version, "{\"stamp\":\"" + stamp + "\"}", false));
      });
    }
  }

  private static Problem ours(RuntimeException failure) {
    if (Away.isDatabase(failure)) {
      return Problem.UNAVAILABLE;
    }
    LOG.error("event=account_events_failed", failure);
    return Problem.INTERNAL;
  }
}
