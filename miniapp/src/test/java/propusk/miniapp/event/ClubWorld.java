package propusk.miniapp.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import propusk.domain.account.Account;
import propusk.domain.account.Language;
import propusk.domain.browser.BrowserInfo;
import propusk.domain.event.Admission;
import propusk.domain.event.Event;
import propusk.domain.event.EventDraft;
import propusk.domain.organization.Organization;
import propusk.domain.seal.Secret;
import propusk.domain.signin.SignIn;
import propusk.domain.signin.SignInCode;
import propusk.domain.signin.SignInId;
import propusk.domain.websession.LoginVia;
import propusk.miniapp.MiniAppWorld;

/// A club, its events' pages, and browsers that come to them. What the bot does is done through the
/// domain.
final class ClubWorld implements AutoCloseable {
  final MiniAppWorld world = new MiniAppWorld();
  final Account ilya = world.ilya(Language.RU);
  final Organization shore = world.domain.organization("north-shore");

  @Override
  public void close() {
    world.close();
  }

  void forgetLimits() {
    world.domain.in(handle -> handle.execute("DELETE FROM limit_use"));
  }

  SignIn signIn(String cookie) {
    var id = new SignInId(cookie.substring(0, 22));
    return world.domain.in(handle -> world.domain.signIns.find(handle, id)).orElseThrow();
  }

  /// As the person does it in the bot.
  Admission approve(String cookie) {
    var id = new SignInId(cookie.substring(0, 22));
    return world.domain.in(handle -> {
      var signIn = world.domain.signIns.find(handle, id).orElseThrow();
      SignInCode code = world.domain.signIns.code(signIn);
      world.domain.signIns.open(handle, code, ilya.id());
      world.domain.signIns.pick(handle, id, ilya.id(), signIn.number());
      return world.domain.admissions.admit(handle, signIn, ilya.id());
    });
  }

  Secret signedIn() {
    return signedIn(ilya);
  }

  Secret signedIn(Account account) {
    var from = new BrowserInfo(Optional.empty(), Optional.empty(), Optional.empty());
    return world.domain.in(
        h -> world.webSessions.enter(h, LoginVia.TELEGRAM_CONFIRM, account.id(), from));
  }

  boolean isOut(Secret session) {
    return world.domain.in(h -> world.webSessions.show(h, session)).isEmpty();
  }

  String token(Admission admission) {
    return admission.link().orElseThrow().value();
  }

  String key(Organization organization) {
    var made = world.domain.in(h -> world.domain.keys.create(h, organization.id(), "bot"));
    return "Bearer " + made.secret().value();
  }

  HttpResponse<String> generate(String body) {
    return world.post("/api/auth/telegram-code/generate", body);
  }

  HttpResponse<String> verify(String body, String authorization) {
    return world.post("/api/auth/telegram-code/verify", body, "Authorization", authorization);
  }

  String page(Event event, String cookie) {
    var answer = get(event.path(), cookie);
    assertEquals(200, answer.statusCode(), answer.body());
    return answer.body();
  }

  HttpResponse<String> get(String path, String cookie) {
    return world.get(path, "Cookie", cookie, "Accept", "text/html", "Accept-Language", "ru");
  }

  HttpResponse<String> post(Event event, String cookie, String body) {
    return world.send(
        form(event.path())
            .header("Cookie", cookie)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(body)));
  }

  HttpRequest.Builder form(String path) {
    return HttpRequest.newBuilder(world.base.resolve(path))
        .header("Origin", world.base.toString())
        .POST(BodyPublishers.ofString(""));
  }

  Event event(int capacity) {
    return world.domain.in(handle -> world.domain.events.create(handle, shore, draft(capacity)));
  }

  EventDraft draft(int capacity) {
    return new EventDraft(
        "Ночная прогулка",
        world.domain.clock.instant().plus(Duration.ofDays(3)),
        Duration.ofHours(2),
        "Санкт-Петербург",
        "Набережная, 5",
        OptionalInt.of(capacity));
  }

  String cookie(HttpResponse<String> answer, String name) {
    return answer.headers().allValues("Set-Cookie").stream()
        .filter(header -> header.startsWith(name + "=") && !header.contains("Max-Age=0"))
        .map(header -> header.substring(name.length() + 1, header.indexOf(';')))
        .findFirst()
        .orElseThrow(() -> new AssertionError(answer.statusCode() + " " + answer.headers().map()));
  }
}
