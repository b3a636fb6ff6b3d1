package propusk.domain.account;

import java.util.Optional;

/// What a verified source (an update, init data, TDLib) says of a person.
public record TelegramProfile(
    TelegramUserId id,
    String firstName,
    Optional<String> lastName,
    Optional<String> username,
    Optional<Language> language) {}
