package propusk.sandbox.dc.handshake;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import propusk.sandbox.world.Shelf;
import propusk.sandbox.world.World;

/// All authorization keys, kept in the world so that a restart ends no session. Safe for many
/// threads.
public final class AuthKeys {
  private final Shelf<Long, AuthKey> shelf;
  private final InstantSource clock;

  /// The temporary keys bound to each permanent one.
  private final ConcurrentHashMap<Long, Set<Long>> bound = new ConcurrentHashMap<>();

  /// Reads the keys that are kept, and forgets temporary ones that have ended.
  ///
  /// @param clock the machine's, by which clients count a temporary key's life
  public AuthKeys(World world, InstantSource clock) {
    this.shelf = world.shelf("auth_key", Long.class, AuthKey.class);
    this.clock = clock;
    shelf.removeIf(this::isOver);
    shelf.all().forEach(this::note);
  }

  /// A key by its id; temporary ones only as long as they live.
  public Optional<AuthKey> find(long id) {
    return shelf.find(id).filter(key -> !isOver(key));
  }

  /// The key that stands for the client: the permanent one, also where `id` names a temporary one.
  public Optional<AuthKey> holder(long id) {
    return find(id).flatMap(key -> key.permanentId().map(this::find).orElse(Optional.of(key)));
  }

  /// Keeps a new key; one that is known already stays as it is.
  public void add(AuthKey key) {
    shelf.putIfAbsent(key.id(), key);
  }

  /// Replaces what is known about a key; answers the new knowledge, or nothing if the key is gone.
  public Optional<AuthKey> update(long id, UnaryOperator<AuthKey> change) {
    var changed = shelf.update(id, change);
    changed.ifPresent(this::note);
    return changed;
  }

  /// The ids of a permanent key and of the temporary ones that stand in for it.
  public Set<Long> idsOf(long permanent) {
    var ids = new HashSet<>(bound.getOrDefault(permanent, Set.of()));
    ids.add(permanent);
    return ids;
  }

  private void note(AuthKey key) {
    key.permanentId()
        .ifPresent(permanent ->
            bound.computeIfAbsent(permanent, _ -> ConcurrentHashMap.newKeySet()).add(key.id()));
  }

  /// Forgets a key and the temporary ones bound to it.
  public void remove(long id) {
    idsOf(id).forEach(shelf::remove);
    bound.remove(id);
  }

  private boolean isOver(AuthKey key) {
    Instant now = clock.instant();
    return key.expiresAt().filter(end -> end.isBefore(now)).isPresent();
  }
}
