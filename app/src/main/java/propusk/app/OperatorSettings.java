package propusk.app;

import java.util.Map;
import propusk.app.config.Config;
import propusk.app.launch.Instance;
import propusk.app.state.StateDirectory;

/// What an operator's command works with: the configured database, else the one that runs here
/// embedded, be it of `serve` or of the demo.
final class OperatorSettings {
  private OperatorSettings() {}

  static Config.Operator of(Map<String, String> environment) {
    var state = StateDirectory.of(environment);
    var complete = Instance.complete(state, environment);
    return Config.operator(
        Instance.complete(new StateDirectory(state.path().resolve("demo")), complete));
  }
}
