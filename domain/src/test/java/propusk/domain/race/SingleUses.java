package propusk.domain.race;

import java.util.List;
import java.util.stream.Stream;
import propusk.domain.DomainWorld;

/// Every kind of token, code, link and answer that counts once.
public final class SingleUses {
  private SingleUses() {}

  /// @param crowd how many try at once
  public static List<SingleUse> of(DomainWorld world, int crowd) {
    var people = new People(world, crowd);
    var shore = world.organization("north-shore").id();
    return Stream.of(
            new LoginUses(world, people).all(),
            new SignInUses(world, people, shore).all(),
            new EntryUses(world, people, shore).all())
        .flatMap(List::stream)
        .toList();
  }
}
