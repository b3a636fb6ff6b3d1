package propusk.domain.visit;

import propusk.domain.account.AccountId;

/// A person who has the Mini App's home open.
///
/// @param botId the bot whose init data proved them
public record Visit(AccountId account, long botId) {}
