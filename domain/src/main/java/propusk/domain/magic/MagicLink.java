package propusk.domain.magic;

import propusk.domain.account.AccountId;
import propusk.domain.signin.LocalPath;

/// A link from the chat, before it is redeemed.
///
/// @param account whom it signs in
/// @param redirect where the browser goes on
public record MagicLink(AccountId account, LocalPath redirect) {}
