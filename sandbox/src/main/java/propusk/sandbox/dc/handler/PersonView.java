package propusk.sandbox.dc.handler;

import propusk.sandbox.dc.PersonSession;
import propusk.sandbox.dc.schema.TlObject;
import propusk.sandbox.world.Person;

/// People and their sessions in the protocol's form.
final class PersonView {
  private PersonView() {}

  /// A person as they see themselves.
  ///
  /// See <https://core.telegram.org/constructor/user>.
  static TlObject self(Person person) {
    var user =
        TlObject.of(
            "user",
            "self",
            true,
            "id",
            person.id(),
            "access_hash",
            ~person.id(),
            "first_name",
            person.firstName(),
            "phone",
            person.phone());
    person.lastName().ifPresent(name -> user.fields().put("last_name", name));
    person.username().ifPresent(name -> user.fields().put("username", name));
    return user;
  }

  /// What a client gets when it is let in.
  ///
  /// See <https://core.telegram.org/constructor/auth.authorization>.
  static TlObject authorization(Person person) {
    return TlObject.of("auth.authorization", "user", self(person));
  }

  /// A line of the list of sessions.
  ///
  /// See <https://core.telegram.org/constructor/authorization>.
  static TlObject line(PersonSession session, int apiId, boolean current) {
    return TlObject.of(
        "authorization",
        "current",
        current,
        "hash",
        current ? 0L : session.id(),
        "device_model",
        session.deviceModel(),
        "platform",
        session.platform(),
        "system_version",
        "",
        "api_id",
        apiId,
        "app_name",
        session.appName(),
        "app_version",
        session.appVersion(),
        "date_created",
        (int) session.createdAt().getEpochSecond(),
        "date_active",
        (int) session.lastActiveAt().getEpochSecond(),
        "ip",
        "127.0.0.1",
        "country",
        "",
        "region",
        "");
  }
}
