package propusk.sandbox;

import java.util.Optional;
import propusk.sandbox.world.NewPerson;
import propusk.sandbox.world.World;

/// The two people of a new world, so that a story can be played at once: one logs in, the other
/// scans by mistake.
final class FirstPeople {
  private FirstPeople() {}

  static void settle(World world) {
    if (!world.people().list().isEmpty()) {
      return;
    }
    world.people().create(person("Илья", "Козлов", "ilya_sandbox", "+7 999 661 00 01"));
    world.people().create(person("Анна", "Белова", "anna_sandbox", "+7 999 661 00 02"));
  }

  private static NewPerson person(String first, String last, String username, String phone) {
    return new NewPerson(
        first,
        Optional.of(last),
        Optional.of(username),
        phone,
        Optional.empty(),
        Optional.of("ru"));
  }
}
