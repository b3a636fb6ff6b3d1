package propusk.mtproto.vault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import propusk.domain.worker.WorkerId;
import propusk.domain.worker.Workers;
import propusk.mtproto.scratch.ScratchDirectory;

/// Where workers have sessions open: a directory each, so that a successor knows whose leftovers it
/// sees.
public record VaultScratch(Path root) {
  public Path of(WorkerId worker) {
    return root.resolve(Long.toString(worker.value()));
  }

  /// Wipes what workers left that are no more: the stored versions of these sessions still work.
  public void wipeLeftovers(List<Workers.Open> living) {
    var names =
        living.stream()
            .map(worker -> of(worker.id()).getFileName().toString())
            .collect(Collectors.toSet());
    if (!Files.exists(root)) return;
    try (var directories = Files.list(root)) {
      directories
          .filter(directory -> !names.contains(directory.getFileName().toString()))
          .forEach(directory -> new ScratchDirectory(directory).wipe());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
