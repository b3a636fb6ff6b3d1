package propusk.mtproto.scratch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import propusk.domain.worker.WorkerId;
import propusk.domain.worker.Workers;

/// Scratch directories of one kind: `root/<worker>/<random>`, so that a successor knows whose
/// leftovers it sees.
public record WorkerDirectories(Path root) {
  public Path of(WorkerId worker) {
    return root.resolve(Long.toString(worker.value()));
  }

  /// Wipes what workers left behind that are no more.
  ///
  /// @param named paths that must stay: a login's row says that its files are there
  public void wipeLeftovers(List<Workers.Open> living, Set<String> named) {
    var running = living.stream().map(worker -> of(worker.id())).collect(Collectors.toSet());
    for (var worker : children(root)) {
      if (running.contains(worker)) continue;
      children(worker).stream()
          .filter(directory -> !named.contains(directory.toString()))
          .forEach(directory -> new ScratchDirectory(directory).wipe());
      if (children(worker).isEmpty()) new ScratchDirectory(worker).wipe();
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
}
