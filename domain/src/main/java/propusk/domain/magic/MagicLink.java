package propusk.domain.magic;

import propusk.domain.account.AccountId;
import propusk.domain.signin.LocalPath;

/// A link from the chat.
///
/// @param account whom it signs in
/// @param redirect where the browser goes on
public record MagicLink(AccountId account, LocalPath redirect) {}
