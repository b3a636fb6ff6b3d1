package propusk.miniapp.qrauth;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import propusk.domain.login.Login;
import propusk.domain.login.LoginSnapshot;
import propusk.domain.login.LoginState;
import propusk.domain.login.LoginState.AwaitingCode;
import propusk.domain.login.LoginState.AwaitingPassword;
import propusk.domain.login.LoginState.AwaitingScan;
import propusk.domain.login.LoginState.Cancelled;
import propusk.domain.login.LoginState.Completed;
import propusk.domain.login.LoginState.Ended;
import propusk.domain.login.LoginState.Expired;
import propusk.domain.login.LoginState.Failed;
import propusk.domain.login.LoginState.Finalizing;
import propusk.domain.login.LoginState.Preparing;
import propusk.domain.login.LoginState.Requested;
import propusk.domain.plan.Plan;
import propusk.domain.time.Times;
import propusk.miniapp.push.PushMessage;
import propusk.miniapp.qr.QrImages;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/// A login as its owner's page gets it: the same JSON from `open`, status and events.
public final class LoginViews {
  private final ObjectMapper json;
  private final QrImages images;
  private final EndWords words;
  private final InstantSource clock;
  private final ScreenPart screens;

  public LoginViews(
      ObjectMapper json, QrImages images, EndWords words, InstantSource clock, URI baseUrl) {
    this.json = json;
    screens = new ScreenPart(json, baseUrl);
    this.images = images;
    this.words = words;
    this.clock = clock;
  }

  /// `{"status":…}`: what anybody may know.
  public ObjectNode coarse(Optional<LoginState> state) {
    return json.createObjectNode().put("status", state.map(LoginState::phase).orElse("not_found"));
  }

  public ObjectNode full(OwnerView seen) {
    var snapshot = seen.snapshot();
    var login = snapshot.login();
    var now = clock.instant();
    var view =
        json.createObjectNode()
            .put("status", login.state().phase())
            .put("state", seedWord(login.state()))
            .put("version", login.version())
            .put(
                "expires_in",
                login.live() ? Times.secondsUntil(counting(login, now), login.deadline()) : 0);
    switch (login.state()) {
      case AwaitingScan scan ->
          snapshot.link().ifPresent(link -> view.set("qr", qr(login, scan, link.value(), now)));
      case AwaitingPassword password -> view.set("password", password(password));
      case AwaitingCode code -> view.set("code", code(code));
      case Ended ended -> view.set("end", end(login, ended));
      case Requested _, Preparing _, Finalizing _ -> {}
    }
    snapshot.queue().ifPresent(queue -> view.set("queue", queue(queue)));
    seen.screen().ifPresent(screen -> view.set("connect", screens.of(screen, now)));
    login.plan().ifPresent(plan -> view.set("plan", plan(plan)));
    return view;
  }

  public byte[] bytes(JsonNode view) {
    return json.writeValueAsBytes(view);
  }

  /// The view as an event; an ended login's is the last one.
  public PushMessage message(OwnerView seen) {
    var login = seen.snapshot().login();
    return new PushMessage("login", login.version(), full(seen).toString(), !login.live());
  }

  Instant now() {
    return clock.instant();
  }

  private ObjectNode qr(Login login, AwaitingScan scan, String link, Instant now) {
    return json.createObjectNode()
        .put("seq", scan.qrSeq())
        .put("link", link)
        .put("svg", images.svg(login.id(), scan.qrSeq(), link))
        .put("expires_in", Times.secondsUntil(now, scan.qrExpiresAt()))
        .put("stale", !now.isBefore(scan.qrExpiresAt()));
  }

  private ObjectNode password(AwaitingPassword password) {
    return json.createObjectNode()
        .put("hint", password.hint().orElse(""))
        .put("tries_left", password.triesLeft());
  }

  private ObjectNode code(AwaitingCode code) {
    return json.createObjectNode()
        .put("via", code.via())
        .put("length", code.length())
        .put("tries_left", code.triesLeft());
  }

  private ObjectNode queue(LoginSnapshot.Queue queue) {
    return json.createObjectNode()
        .put("ahead", queue.ahead())
        .put("wait", queue.atMost().toSeconds());
  }

  /// The clock that a page's time is read on: it stands still while the login waits for a place.
  private static Instant counting(Login login, Instant now) {
    return login.waitingSince().orElse(now);
  }

  private ObjectNode end(Login login, Ended ended) {
    var end = words.of(login, ended);
    var node =
        json.createObjectNode()
            .put("code", end.code())
            .put("title", end.title())
            .put("text", end.text());
    end.retryAt().ifPresent(at -> node.put("retry_at", at.toString()));
    return node;
  }

  private ObjectNode plan(Plan plan) {
    return json.createObjectNode()
        .put("name", plan.name())
        .put("channels", plan.channels())
        .put("posts_per_day", plan.postsPerDay())
        .put("rag_per_day", plan.ragPerDay())
        .put("ai_digests", plan.aiDigests());
  }

  /// The words of the first version's status, for clients that know no others.
  private static String seedWord(LoginState state) {
    return switch (state) {
      case Requested _, Preparing _, AwaitingScan _ -> "pending";
      case AwaitingPassword _, AwaitingCode _, Finalizing _ -> "pending";
      case Completed _ -> "authorized";
      case Expired _ -> "expired";
      case Cancelled _, Failed _ -> "failed";
    };
  }

  /// The time a login's page has left.
  public Duration left(Login login) {
    return Duration.ofSeconds(Times.secondsUntil(clock.instant(), login.deadline()));
  }
}
