package propusk.app;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import propusk.app.config.Config;
import propusk.domain.invite.InviteCode;
import propusk.domain.invite.Invites;
import propusk.domain.plan.Plans;

/// Makes invites straight in the database.
public final class InviteDesk {
  private final Jdbi jdbi;
  private final Invites invites;

  public InviteDesk(Config.Operator config) {
    var database = OperatorDatabase.of(config);
    jdbi = database.jdbi();
    invites = new Invites(new Plans(), database.sealer(), database.clock(), new SecureRandom());
  }

  /// The code is shown this once.
  public InviteCode create(String plan, int uses, Optional<Duration> life) {
    return jdbi.inTransaction(handle -> invites.create(handle, plan, uses, life));
  }

  /// True while one more person could use the invite.
  public boolean open(InviteCode code) {
    return jdbi.withHandle(handle -> invites.open(handle, code));
  }
}
