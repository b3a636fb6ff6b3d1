package propusk.sandbox;

import propusk.sandbox.botapi.ChangeFeed;
import propusk.sandbox.botapi.ServiceChat;
import propusk.sandbox.dc.DataCentre;
import propusk.sandbox.dc.login.LoginCode;
import propusk.sandbox.world.Person;
import propusk.sandbox.world.World;

/// Brings login codes from the data centre to the people they are for.
final class CodeDelivery {
  private final World world;
  private final ServiceChat service;
  private final ChangeFeed feed;

  CodeDelivery(World world, ServiceChat service, ChangeFeed feed) {
    this.world = world;
    this.service = service;
    this.feed = feed;
  }

  void serve(DataCentre dataCentre) {
    dataCentre.onLoginCode(this::deliver);
  }

  /// The sandbox's people have no other screen: SMS and calls are told in the same chat.
  private void deliver(LoginCode code) {
    world.people().findByPhone(code.phone()).ifPresent(person -> tell(person, code));
    feed.changed("login_codes");
  }

  private void tell(Person person, LoginCode code) {
    boolean russian = person.language().startsWith("ru");
    var how =
        switch (code.via()) {
          case APP -> "";
          case SMS -> russian ? " (по SMS)" : " (by SMS)";
          case CALL -> russian ? " (по телефону)" : " (by phone call)";
        };
    service.tellCode(person, code.digits(), how);
  }
}
