package propusk.app.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class EnvironmentFileTest {
  private static final Pattern LINE = Pattern.compile("(?m)^#? ?((?:PROPUSK|CRON)_[A-Z_]+)=");

  @Test
  void theExampleHasEverySettingAndNoOther() throws IOException {
    var example = Files.readString(Path.of("../.env.example"));
    var named =
        LINE.matcher(example)
            .results()
            .map(line -> line.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    var settings =
        Arrays.stream(Setting.values())
            .map(Setting::variable)
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(settings, named);
  }

  /// No engine runs these files in our tests; what can be held without one is held.
  @Test
  void theContainerFilesNameSettingsAndWhatCaddyIsTold() throws IOException {
    var settings =
        Arrays.stream(Setting.values())
            .map(Setting::variable)
            .collect(Collectors.toCollection(TreeSet::new));
    settings.addAll(List.of("PROPUSK_DOMAIN", "PROPUSK_HOST"));
    for (var file : List.of("../compose.yaml", "../Dockerfile", "../Caddyfile")) {
      var named =
          Pattern.compile("PROPUSK_[A-Z_]+")
              .matcher(Files.readString(Path.of(file)))
              .results()
              .map(MatchResult::group)
              .collect(Collectors.toCollection(TreeSet::new));
      named.removeAll(settings);
      assertEquals(Set.of(), named, file);
    }
  }
}
