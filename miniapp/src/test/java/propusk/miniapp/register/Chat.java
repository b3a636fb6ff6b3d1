package propusk.miniapp.register;

import propusk.domain.DomainWorld;
import propusk.domain.account.Account;
import propusk.domain.account.PhoneNumber;
import propusk.domain.registration.ContactOutcome;
import propusk.domain.registration.OpenOutcome;
import propusk.domain.registration.RegistrationId;
import propusk.miniapp.MiniAppWorld;

/// What a person does in the chat while they register, as the bot carries it out.
final class Chat {
  private final MiniAppWorld world;

  Chat(MiniAppWorld world) {
    this.world = world;
  }

  OpenOutcome open(String sessionId, Account person) {
    var chat = new propusk.domain.outbox.Chat(DomainWorld.BOT, person.telegramId().value());
    return world.domain.in(
        handle -> world.domain.registrations.open(handle, id(sessionId), person.id(), chat));
  }

  ContactOutcome share(Account person, String phone) {
    return world.domain.in(
        handle -> world.domain.registrations.contact(handle, person, new PhoneNumber(phone)));
  }

  /// What the sender does with the code's message.
  String code(String sessionId) {
    return world
        .domain
        .in(handle -> world.domain.registrations.newCode(handle, id(sessionId)))
        .orElseThrow()
        .value();
  }

  private static RegistrationId id(String sessionId) {
    return RegistrationId.parse(sessionId).orElseThrow();
  }
}
