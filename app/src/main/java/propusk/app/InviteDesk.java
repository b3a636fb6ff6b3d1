package propusk.app;

import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import propusk.app.config.Config;
import propusk.app.launch.Databases;
import propusk.domain.invite.InviteCode;
import propusk.domain.invite.Invites;
import propusk.domain.plan.Plan;
import propusk.domain.plan.Plans;
import propusk.domain.seal.Sealer;
import propusk.domain.time.DatabaseClock;

/// Makes invites from the command line, straight in the database.
public final class InviteDesk {
  private final Jdbi jdbi;
  private final Plans plans = new Plans();
  private final Invites invites;

  public InviteDesk(Config.Operator config) {
    var database = Databases.unpooled(config.database());
    try {
      this.jdbi = Jdbi.create(database);
      this.invites =
          new Invites(
              plans,
              Sealer.parse(config.secretKey().value()),
              new DatabaseClock(database, System::nanoTime),
              new SecureRandom());
    } catch (SQLException e) {
      throw new IllegalStateException("The database does not answer: " + e.getMessage(), e);
    }
  }

  /// The code is shown this once.
  public InviteCode create(String plan, int uses, Optional<Duration> life) {
    return jdbi.inTransaction(handle -> invites.create(handle, plan, uses, life));
  }

  /// True while one more person could use the invite.
  public boolean open(InviteCode code) {
    return jdbi.withHandle(handle -> invites.open(handle, code));
  }

  public Optional<Plan> plan(String code) {
    return jdbi.withHandle(handle -> plans.find(handle, code));
  }

  public List<String> planCodes() {
    return jdbi.withHandle(plans::list).stream().map(Plan::code).toList();
  }
}
