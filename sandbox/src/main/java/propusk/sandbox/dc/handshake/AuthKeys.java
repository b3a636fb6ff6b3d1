package propusk.sandbox.dc.handshake;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import propusk.sandbox.world.Shelf;
import propusk.sandbox.world.World;

/// All authorization keys, kept in the world so that a restart ends no session. Safe for many
/// threads.
public final class AuthKeys {
  private final Shelf<Long, AuthKey> shelf;
  private final InstantSource clock;

  /// Reads the keys that are kept, and forgets temporary ones that have ended.
  ///
  /// @param clock the machine's, by which clients count a temporary key's life
  public AuthKeys(World world, InstantSource clock) {
    this.shelf = world.shelf("auth_key", Long.class, AuthKey.class);
    this.clock = clock;
    shelf.removeIf(this::isOver);
  }

  /// A key by its id; temporary ones only as long as they live.
  public Optional<AuthKey> find(long id) {
    return shelf.find(id).filter(key -> !isOver(key));
  }

  /// The key that stands for the client: the permanent one, also where `id` names a temporary one.
  public Optional<AuthKey> holder(long id) {
    return find(id).flatMap(key -> key.permanentId().map(this::find).orElse(Optional.of(key)));
  }

  public List<AuthKey> all() {
    return shelf.all();
  }

  /// Keeps a new key; one that is known already stays as it is.
  public void add(AuthKey key) {
    shelf.putIfAbsent(key.id(), key);
  }

  /// Replaces what is known about a key; answers the new knowledge, or nothing if the key is gone.
  public Optional<AuthKey> update(long id, UnaryOperator<AuthKey> change) {
    return shelf.update(id, change);
  }

  /// Forgets a key and the temporary ones bound to it.
  public void remove(long id) {
    shelf.remove(id);
    for (var key : all()) {
      if (key.permanentId().filter(permanent -> permanent == id).isPresent()) {
        remove(key.id());
      }
    }
  }

  private boolean isOver(AuthKey key) {
    Instant now = clock.instant();
    return key.expiresAt().filter(end -> end.isBefore(now)).isPresent();
  }
}
