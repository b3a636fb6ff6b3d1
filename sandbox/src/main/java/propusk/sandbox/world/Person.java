package propusk.sandbox.world;

import java.util.Optional;

/// Somebody with a Telegram account in this world.
///
/// @param phone digits only, as Telegram writes them, without the plus sign
/// @param password the two-step password, if this person set one
/// @param language IETF tag of the app's language, such as `ru`
public record Person(
    long id,
    String firstName,
    Optional<String> lastName,
    Optional<String> username,
    String phone,
    Optional<String> password,
    String language) {}
