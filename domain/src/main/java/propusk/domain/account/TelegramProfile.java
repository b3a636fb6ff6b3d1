package propusk.domain.account;

import java.util.Optional;

/// What a verified source (an update, init data, TDLib) says of a person. Names are kept as they
/// can be shown; somebody whose name cannot be seen is called by their id.
public record TelegramProfile(
    TelegramUserId id,
    String firstName,
    Optional<String> lastName,
    Optional<String> username,
    Optional<Language> language) {
  public TelegramProfile {
    firstName = PersonName.shown(firstName).orElse("id " + id.value());
    lastName = lastName.flatMap(PersonName::shown);
  }
}
