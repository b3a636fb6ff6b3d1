package propusk.domain.subscription;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import propusk.domain.account.AccountId;
import propusk.domain.plan.Plan;
import propusk.domain.plan.Plans;
import propusk.domain.time.Times;

/// Who has which plan.
public final class Subscriptions {
  private final Plans plans;

  public Subscriptions(Plans plans) {
    this.plans = plans;
  }

  public Optional<Subscription> find(Handle handle, AccountId account) {
    return handle
        .createQuery(
            "SELECT plan_code, activated_at, expires_at FROM subscription WHERE account_id = :id")
        .bind("id", account.value())
        .map((row, _) ->
            new Subscription(
                plans.get(handle, row.getString("plan_code")),
                Times.get(row, "activated_at"),
                Times.find(row, "expires_at")))
        .findOne();
  }

  /// Gives the account this plan from `at` on; an earlier subscription is replaced.
  public void activate(Handle handle, AccountId account, Plan plan, Instant at) {
    handle
        .createUpdate(
            """
            INSERT INTO subscription (account_id, plan_code, activated_at, expires_at)
            VALUES (:account, :plan, :at, :until)
            ON CONFLICT (account_id) DO UPDATE
              SET plan_code = excluded.plan_code, activated_at = excluded.activated_at, expires_at = excluded.expires_at
            """)
        .bind("account", account.value())
        .bind("plan", plan.code())
        .bind("at", Times.column(at))
        .bind(
            "until", Times.column(plan.durationDays().map(days -> at.plus(Duration.ofDays(days)))))
        .execute();
  }
}
