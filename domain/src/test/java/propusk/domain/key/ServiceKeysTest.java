package propusk.domain.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import propusk.domain.DomainWorld;
import propusk.domain.seal.Secret;

class ServiceKeysTest {
  private final DomainWorld world = new DomainWorld();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aKeyCountsForItsOrganizationUntilItIsRevokedAndIsNotStored() {
    var shore = world.organization("north-shore").id();
    var other = world.organization("other").id();
    var made = world.in(handle -> world.keys.create(handle, shore, "site"));
    world.in(handle -> world.keys.create(handle, other, "bot"));
    var found = world.in(handle -> world.keys.check(handle, made.secret())).orElseThrow();
    assertEquals(shore, found.organization());
    assertTrue(made.secret().value().endsWith(found.hint()));
    assertEquals(
        0,
        world.count(
            "SELECT count(*) FROM service_key k WHERE k::text LIKE '%"
                + made.secret().value().substring(3)
                + "%'"));
    var wrong = new Secret(made.secret().value() + "x");
    assertTrue(world.in(handle -> world.keys.check(handle, wrong)).isEmpty());

    assertTrue(world.<Boolean>in(handle -> world.keys.revoke(handle, found.id())));
    assertFalse(world.<Boolean>in(handle -> world.keys.revoke(handle, found.id())));
    assertTrue(world.in(handle -> world.keys.check(handle, made.secret())).isEmpty());
    assertEquals(1, world.in(handle -> world.keys.list(handle, shore)).size());
  }
}
