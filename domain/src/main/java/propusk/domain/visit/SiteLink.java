package propusk.domain.visit;

import propusk.domain.account.AccountId;
import propusk.domain.seal.Secret;

/// What became of a link from the Mini App to the website.
public sealed interface SiteLink {
  /// It can be used.
  record Open(AccountId account) implements SiteLink {}

  /// This browser used it just now.
  ///
  /// @param cookie of its web session
  record Entered(Secret cookie) implements SiteLink {}

  /// It was used before.
  ///
  /// @param account for whom
  record Spent(AccountId account) implements SiteLink {}

  record Old() implements SiteLink {}

  /// There is no such link, or a newer one has taken its place.
  record Unknown() implements SiteLink {}
}
