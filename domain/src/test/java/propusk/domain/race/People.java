package propusk.domain.race;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import propusk.domain.DomainWorld;
import propusk.domain.account.Account;
import propusk.domain.account.PhoneNumber;
import propusk.domain.browser.BrowserInfo;

/// Somebody new for each round, and a crowd that is there from the start.
final class People {
  static final BrowserInfo CHROME =
      new BrowserInfo(Optional.of("Chrome"), Optional.of("Windows"), Optional.empty());
  static final PhoneNumber NUMBER = new PhoneNumber("+79991234567");

  private final DomainWorld world;
  private final List<Account> crowd = new ArrayList<>();
  private long last = 1_000_000;

  People(DomainWorld world, int crowd) {
    this.world = world;
    for (int i = 0; i < crowd; i++) {
      this.crowd.add(next());
    }
  }

  Account next() {
    last++;
    return world.person(last, "P" + last);
  }

  Account inCrowd(int who) {
    return crowd.get(who);
  }

  static Optional<String> got(int who) {
    return Optional.of("number " + who);
  }
}
