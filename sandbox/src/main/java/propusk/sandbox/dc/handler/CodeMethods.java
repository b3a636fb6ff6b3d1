package propusk.sandbox.dc.handler;

import java.util.Map;
import java.util.Optional;
import propusk.sandbox.dc.handler.Method.Asker;
import propusk.sandbox.dc.login.Authorizations;
import propusk.sandbox.dc.login.LoginCode;
import propusk.sandbox.dc.login.LoginCode.Via;
import propusk.sandbox.dc.login.LoginCodes;
import propusk.sandbox.dc.schema.TlObject;
import propusk.sandbox.world.People;
import propusk.sandbox.world.Person;
import propusk.sandbox.world.Standing;
import propusk.sandbox.world.World;

/// `auth.*` of a login by phone number and code.
///
/// See <https://core.telegram.org/api/auth>.
final class CodeMethods {
  private static final String PHONE = "[1-9]\\d{6,14}";
  private static final int RESEND_SECONDS = 60;

  private final World world;
  private final LoginCodes codes;
  private final Authorizations authorizations;

  CodeMethods(World world, LoginCodes codes, Authorizations authorizations) {
    this.world = world;
    this.codes = codes;
    this.authorizations = authorizations;
  }

  Map<String, Method> table() {
    return Map.of(
        "auth.sendCode", this::send,
        "auth.resendCode", this::resend,
        "auth.cancelCode", this::cancel,
        "auth.signIn", this::signIn);
  }

  /// Whoever has an account gets the code there, others by SMS.
  private TlObject send(Asker asker, TlObject call) throws RpcException {
    var phone = phone(asker, call);
    long wait = codes.waitOf(phone).toSeconds();
    if (wait > 0) {
      throw new RpcException(420, "FLOOD_WAIT_" + wait);
    }
    var owner = owner(phone);
    return sent(codes.send(phone, asker.key().id(), owner.isPresent() ? Via.APP : Via.SMS));
  }

  private TlObject resend(Asker asker, TlObject call) throws RpcException {
    var phone = phone(asker, call);
    var last = live(phone, call);
    var next = next(last.via()).orElseThrow(() -> new RpcException(400, "SEND_CODE_UNAVAILABLE"));
    return sent(codes.send(phone, asker.key().id(), next));
  }

  private boolean cancel(Asker asker, TlObject call) throws RpcException {
    return codes.end(live(phone(asker, call), call));
  }

  /// Lets the client in, unless a two-step password is still to be given.
  private TlObject signIn(Asker asker, TlObject call) throws RpcException {
    var phone = phone(asker, call);
    var code = live(phone, call);
    if (!call.has("phone_code") || call.text("phone_code").isEmpty()) {
      throw new RpcException(400, "PHONE_CODE_EMPTY");
    }
    switch (codes.judge(phone, code.hash(), call.text("phone_code"))) {
      case RIGHT -> {}
      case WRONG -> throw new RpcException(400, "PHONE_CODE_INVALID");
      case EXPIRED -> throw new RpcException(400, "PHONE_CODE_EXPIRED");
    }
    var owner = owner(phone);
    if (owner.isEmpty()) {
      return TlObject.of("auth.authorizationSignUpRequired");
    }
    codes.end(code);
    authorizations.begin(authorizations.newId(), asker.key(), owner.get());
    if (owner.get().password().isPresent()) {
      throw new RpcException(401, "SESSION_PASSWORD_NEEDED");
    }
    return PersonView.authorization(owner.get());
  }

  private LoginCode live(String phone, TlObject call) throws RpcException {
    return codes
        .findLive(phone, call.text("phone_code_hash"))
        .orElseThrow(() -> new RpcException(400, "PHONE_CODE_EXPIRED"));
  }

  /// The number, if this data centre may work on it.
  private String phone(Asker asker, TlObject call) throws RpcException {
    var phone = People.digits(call.text("phone_number"));
    var known = world.people().findByPhone(phone);
    if (known.isEmpty() && !phone.matches(PHONE)) {
      throw new RpcException(406, "PHONE_NUMBER_INVALID");
    }
    if (known.filter(person -> person.standing() == Standing.BANNED).isPresent()) {
      throw new RpcException(400, "PHONE_NUMBER_BANNED");
    }
    var away = known.filter(person -> !person.isAtHome(asker.key().dc()));
    if (away.isPresent()) {
      throw new RpcException(303, "PHONE_MIGRATE_" + away.get().dc());
    }
    return phone;
  }

  private Optional<Person> owner(String phone) {
    return world.people().findByPhone(phone).filter(person -> person.standing() == Standing.GOOD);
  }

  /// See <https://core.telegram.org/constructor/auth.sentCode>.
  private static TlObject sent(LoginCode code) {
    var kind =
        switch (code.via()) {
          case APP -> "auth.sentCodeTypeApp";
          case SMS -> "auth.sentCodeTypeSms";
          case CALL -> "auth.sentCodeTypeCall";
        };
    var answer =
        TlObject.of(
            "auth.sentCode",
            "type",
            TlObject.of(kind, "length", LoginCodes.LENGTH),
            "phone_code_hash",
            code.hash());
    next(code.via())
        .ifPresent(next -> {
          var name = next == Via.SMS ? "auth.codeTypeSms" : "auth.codeTypeCall";
          answer.fields().put("next_type", TlObject.of(name));
          answer.fields().put("timeout", RESEND_SECONDS);
        });
    return answer;
  }

  private static Optional<Via> next(Via via) {
    return switch (via) {
      case APP -> Optional.of(Via.SMS);
      case SMS -> Optional.of(Via.CALL);
      case CALL -> Optional.empty();
    };
  }
}
