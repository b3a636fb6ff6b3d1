package propusk.mtproto.login;

import propusk.domain.worker.Workers;

/// What an operator decides about logins.
///
/// @param passwordPages whether the website has a page that takes a two-step password
/// @param atOnce how many logins a worker runs at once
public record LoginRules(boolean passwordPages, int atOnce) {
  public static final LoginRules USUAL = new LoginRules(true, Workers.CAPACITY);

  public LoginRules {
    if (atOnce < 1) {
      throw new IllegalArgumentException("a worker has a place for one login at least");
    }
  }
}
