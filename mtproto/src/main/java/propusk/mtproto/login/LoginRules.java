package propusk.mtproto.login;

import propusk.domain.worker.Workers;

/// What an operator decides about logins.
///
/// @param passwordPages whether the website has a page that takes a two-step password
/// @param atOnce how many logins a worker runs at once
/// @param clients so many TDLib clients a process opens in its life: then another takes its place
public record LoginRules(boolean passwordPages, int atOnce, int clients) {
  /// TDLib was seen to fail once in some ten thousand.
  public static final int CLIENTS = 5_000;

  public static final LoginRules USUAL = new LoginRules(true, Workers.CAPACITY, CLIENTS);

  public LoginRules {
    if (atOnce < 1) {
      throw new IllegalArgumentException("a worker has a place for one login at least");
    }
  }
}
