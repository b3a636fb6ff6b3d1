package propusk.app.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/// What a login leaves behind and must not: its client's files, its secrets, messages nobody sent.
final class Leftovers {
  private Leftovers() {}

  /// @param roots where workers keep a directory each, with a directory for each client in it
  /// @param worker the living worker's process: what it has open is in use
  static List<Violation> check(Handle handle, List<Path> roots, long worker) {
    var found = new ArrayList<Violation>();
    var named =
        handle
            .createQuery("SELECT scratch_path FROM login WHERE scratch_path IS NOT NULL")
            .mapTo(String.class)
            .set();
    var open = open(worker);
    for (var root : roots) {
      for (var directory :
          children(root).stream().flatMap(each -> children(each).stream()).toList()) {
        if (!named.contains(directory.toString()) && open.stream().noneMatch(directory::equals)) {
          found.add(new Violation("leftover", directory + " belongs to nobody"));
        }
      }
    }
    found.addAll(
        find(
            handle,
            "SELECT 'ended login ' || id || ' still has files' FROM login WHERE ended_at IS NOT"
                + " NULL AND scratch_path IS NOT NULL"));
    found.addAll(
        find(
            handle,
            """
            SELECT 'ended login ' || l.id || ' still has a secret: ' || s.kind
            FROM login_secret s JOIN login l ON l.id = s.login_id WHERE l.ended_at IS NOT NULL
            """));
    found.addAll(
        find(
            handle,
            "SELECT 'session ' || id || ' still waits for its log-out' FROM telegram_session WHERE"
                + " state = 'log_out_pending'"));
    found.addAll(
        find(
            handle,
            "SELECT 'message ' || id || ' is ' || state FROM outbox WHERE state IN ('open',"
                + " 'dead')"));
    found.addAll(
        find(
            handle,
            "SELECT 'update ' || update_id || ' is ' || state FROM inbox WHERE state IN ('open',"
                + " 'dead')"));
    return found;
  }

  /// Directories in which a process has a file open.
  private static Set<Path> open(long process) {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc", Long.toString(process), "fd"))) {
      return descriptors
          .flatMap(descriptor -> target(descriptor).stream())
          .flatMap(file -> Stream.ofNullable(file.getParent()))
          .collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Empty: it was closed meanwhile.
  private static Optional<Path> target(Path descriptor) {
    try {
      return Optional.of(Files.readSymbolicLink(descriptor));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static List<Path> children(Path directory) {
    if (!Files.isDirectory(directory)) return List.of();
    try (var found = Files.list(directory)) {
      return found.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Violation> find(Handle handle, String query) {
    return handle
        .createQuery(query)
        .mapTo(String.class)
        .map(what -> new Violation("leftover", what))
        .list();
  }
}
