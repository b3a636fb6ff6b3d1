package propusk.app.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import propusk.app.InviteDesk;
import propusk.app.launch.PrivateFile;
import propusk.domain.invite.InviteCode;

/// The invite that the demo prints: kept between starts, replaced when its uses are gone.
final class DemoInvite {
  private static final String PLAN = "premium";
  private static final int USES = 10;

  private DemoInvite() {}

  static InviteCode current(InviteDesk desk, Path directory) {
    var file = directory.resolve("invite");
    var kept = read(file).flatMap(InviteCode::parse).filter(desk::open);
    if (kept.isPresent()) {
      return kept.get();
    }
    var fresh = desk.create(PLAN, USES, Optional.empty());
    PrivateFile.write(file, fresh.value() + "\n");
    return fresh;
  }

  private static Optional<String> read(Path file) {
    try {
      return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
