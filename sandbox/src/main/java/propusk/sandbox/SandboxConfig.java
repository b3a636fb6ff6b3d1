package propusk.sandbox;

import java.nio.file.Path;
import java.util.List;
import propusk.sandbox.botapi.SandboxBot;

/// What a sandbox is started with.
///
/// @param directory where its world is kept between runs
/// @param httpPort of page, control API and Bot API on loopback; 0 takes a free one
/// @param dcPort of the data centre on loopback; 0 takes a free one
/// @param webUrl the product's address, for the page to show
/// @param bots at least one
public record SandboxConfig(
    Path directory, int httpPort, int dcPort, String webUrl, List<SandboxBot> bots) {
  public SandboxConfig {
    bots = List.copyOf(bots);
    if (bots.isEmpty()) {
      throw new IllegalArgumentException("a sandbox needs a bot");
    }
  }

  /// On free ports, for tests.
  public static SandboxConfig onFreePorts(Path directory, String webUrl, SandboxBot... bots) {
    return new SandboxConfig(directory, 0, 0, webUrl, List.of(bots));
  }
}
