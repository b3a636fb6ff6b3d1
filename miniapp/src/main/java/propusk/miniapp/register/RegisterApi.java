package propusk.miniapp.register;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import propusk.domain.account.Account;
import propusk.domain.account.Accounts;
import propusk.domain.account.PhoneNumber;
import propusk.domain.account.TelegramProfile;
import propusk.domain.account.TelegramUserId;
import propusk.domain.limit.Limit;
import propusk.domain.registration.BeginOutcome;
import propusk.domain.registration.CustomerName;
import propusk.domain.registration.Registration;
import propusk.domain.registration.RegistrationId;
import propusk.domain.registration.ResendOutcome;
import propusk.domain.registration.VerifyOutcome;
import propusk.domain.registration.VouchOutcome;
import propusk.domain.seal.Secret;
import propusk.miniapp.edge.Cookies;
import propusk.miniapp.edge.KeyDoor;
import propusk.miniapp.edge.Problem;
import propusk.miniapp.edge.Refused;
import propusk.miniapp.edge.Requests;
import propusk.miniapp.edge.SaidPerson;
import propusk.miniapp.page.Words;
import propusk.miniapp.phone.PhoneInput;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// `/auth/register/telegram`, `/auth/telegram/…` for the browser that registers, by its cookie, and
/// `/telegram/contact` for an organization's own bot, by its service key.
final class RegisterApi {
  private final ObjectMapper json;
  private final Requests requests;
  private final RegisterDoor door;
  private final RegisterViews views;
  private final KeyDoor keys;
  private final Accounts accounts;

  RegisterApi(ObjectMapper json, RegisterDoor door, KeyDoor keys, Accounts accounts) {
    this.json = json;
    this.requests = new Requests(json);
    this.door = door;
    this.views = new RegisterViews(json, door);
    this.keys = keys;
    this.accounts = accounts;
  }

  void add(RoutesConfig routes) {
    routes.post("/auth/register/telegram", this::begin);
    routes.post("/auth/telegram/check-status", this::status);
    routes.post("/auth/telegram/verify", this::verify);
    routes.post("/auth/telegram/resend", this::resend);
    routes.post("/telegram/contact", this::contact);
  }

  private void begin(Context ctx) {
    var words = door.words(ctx);
    var name =
        CustomerName.parse(Requests.text(requests.jsonBody(ctx), "name"))
            .orElseThrow(() -> new Refused(door.refusals().name(words)));
    var from = door.browser(ctx);
    var address = door.address(ctx);
    switch (door.in(handle -> door.registrations().begin(handle, name, from, address))) {
      case BeginOutcome.Begun(var registration, var cookie) -> {
        Cookies.set(ctx, Cookies.REGISTER, cookie);
        send(
            ctx,
            json.createObjectNode()
                .put("sessionId", registration.id().sessionId())
                .put("telegramLink", door.telegramLink(registration.id()))
                .put("botUsername", door.botUsername())
                .put("status", "pending"));
      }
      case BeginOutcome.Closed(var until) ->
          throw new Refused(door.refusals().tooMany(until, words));
    }
  }

  private void status(Context ctx) {
    send(ctx, views.view(own(ctx, requests.jsonBody(ctx))));
  }

  private void verify(Context ctx) {
    var words = door.words(ctx);
    var body = requests.jsonBody(ctx);
    var code = Requests.text(body, "code");
    own(ctx, body);
    switch (door.verify(ctx, cookie(ctx, words), code)) {
      case VerifyOutcome.Registered(var account, var customer, var session) -> {
        Cookies.clear(ctx, Cookies.REGISTER);
        Cookies.set(ctx, Cookies.SESSION, session);
        var answer =
            json.createObjectNode().put("status", "registered").put("customerId", customer.value());
        answer
            .putObject("user")
            .put("id", account.telegramId().value())
            .put("first_name", account.firstName());
        send(ctx, answer);
      }
      case VerifyOutcome.Wrong(int left) ->
          throw new Refused(door.refusals().wrongCode(left, words));
      case VerifyOutcome.NotAsked _ -> throw new Refused(door.refusals().stranger(words));
      case VerifyOutcome.Closed(var until) ->
          throw new Refused(door.refusals().tooMany(until, words));
    }
  }

  private void resend(Context ctx) {
    var words = door.words(ctx);
    own(ctx, requests.jsonBody(ctx));
    var cookie = cookie(ctx, words);
    var refusals = door.refusals();
    switch (door.in(handle -> door.registrations().resend(handle, cookie))) {
      case ResendOutcome.Sending _ ->
          send(ctx, views.view(door.find(Optional.of(cookie)).orElseThrow()));
      case ResendOutcome.TooEarly(var at) -> throw new Refused(refusals.tooEarly(at, words));
      case ResendOutcome.NoMore _ -> throw new Refused(refusals.noMoreCodes(words));
      case ResendOutcome.NotAsked _ -> throw new Refused(refusals.stranger(words));
      case ResendOutcome.Closed(var until) -> throw new Refused(refusals.tooMany(until, words));
    }
  }

  /// The organization's bot says the code in its own chat: it is in the answer.
  private void contact(Context ctx) {
    var key = keys.require(ctx, Limit.CODE_PER_KEY);
    var words = door.words(ctx);
    var body = requests.jsonBody(ctx);
    var id =
        RegistrationId.parse(Requests.text(body, "sessionId"))
            .orElseThrow(() -> new Refused(Problem.SESSION_ID_MALFORMED));
    var phone = phone(Requests.text(body, "phone"));
    var person = SaidPerson.id(body, "telegramId");
    var outcome =
        door.in(handle ->
            door.registrations()
                .vouch(handle, id, key.organization(), known(handle, person, body), phone));
    switch (outcome) {
      case VouchOutcome.CodeMade(var registration, var code) ->
          send(
              ctx,
              json.createObjectNode()
                  .put("status", registration.state().phase())
                  .put("code", code.value()));
      case VouchOutcome.Gone _ -> throw new Refused(door.refusals().gone(words));
      case VouchOutcome.Closed(var until) ->
          throw new Refused(door.refusals().tooMany(until, words));
    }
  }

  /// What an organization says of a person changes nothing that we know of them.
  private Account known(Handle handle, TelegramUserId id, JsonNode body) {
    var profile =
        new TelegramProfile(
            id,
            SaidPerson.name(body, "firstName").orElse(""),
            Optional.empty(),
            SaidPerson.name(body, "telegramUsername"),
            Optional.empty());
    return accounts.met(handle, profile);
  }

  private PhoneNumber phone(String text) {
    if (door.numbers().parse(text, "ZZ") instanceof PhoneInput.Parsed(var number)) {
      return number;
    }
    throw new Refused(Problem.JSON_MALFORMED);
  }

  /// The registration that the body names, if it is this browser's.
  private Registration own(Context ctx, JsonNode body) {
    var id = RegistrationId.parse(Requests.text(body, "sessionId"));
    return door.find(door.cookie(ctx))
        .filter(found -> id.equals(Optional.of(found.id())))
        .orElseThrow(() -> new Refused(door.refusals().stranger(door.words(ctx))));
  }

  private Secret cookie(Context ctx, Words words) {
    return door.cookie(ctx).orElseThrow(() -> new Refused(door.refusals().stranger(words)));
  }

  private void send(Context ctx, JsonNode answer) {
    ctx.contentType("application/json").result(json.writeValueAsBytes(answer));
  }
}
