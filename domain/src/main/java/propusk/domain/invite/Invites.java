package propusk.domain.invite;

import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import propusk.domain.account.AccountId;
import propusk.domain.plan.Plans;
import propusk.domain.seal.Hashes;
import propusk.domain.seal.Sealer;
import propusk.domain.time.Times;

/// Invites: made, reserved by a login, then redeemed when it completes or released when it ends
/// otherwise. The counted row is locked before anything is decided, so that an invite is never
/// oversold.
public final class Invites {
  /// How many people one invite may let in.
  public static final int MOST_USES = 1_000_000;

  /// How long one may last.
  public static final int MOST_DAYS = 3_650;

  private final Plans plans;
  private final InstantSource clock;
  private final SecureRandom random;
  private final byte[] codeKey;

  /// @param sealer the one of SECRET_KEY: codes are stored as its HMAC
  public Invites(Plans plans, Sealer sealer, InstantSource clock, SecureRandom random) {
    this.plans = plans;
    this.clock = clock;
    this.random = random;
    this.codeKey = sealer.macKey("invite");
  }

  /// Makes an invite; the code is shown this once and cannot be had again.
  public InviteCode create(Handle handle, String planCode, int uses, Optional<Duration> life) {
    var code = InviteCode.random(random);
    handle
        .createUpdate(
            """
            INSERT INTO invite (code_hash, hint, plan_code, max_uses, expires_at)
            VALUES (:hash, :hint, :plan, :uses, :expires)
            """)
        .bind("hash", hash(code))
        .bind("hint", code.hint())
        .bind("plan", planCode)
        .bind("uses", uses)
        .bind("expires", Times.column(life.map(clock.instant()::plus)))
        .execute();
    return code;
  }

  /// The invite with this code, whatever its state.
  public Optional<Invite> find(Handle handle, InviteCode code) {
    return handle
        .createQuery("SELECT * FROM invite WHERE code_hash = :hash")
        .bind("hash", hash(code))
        .map(Invites::invite)
        .findOne();
  }

  public Optional<Invite> find(Handle handle, InviteId id) {
    return handle
        .createQuery("SELECT * FROM invite WHERE id = :id")
        .bind("id", id.value())
        .map(Invites::invite)
        .findOne();
  }

  /// All there ever were, the latest first.
  public List<Invite> list(Handle handle) {
    return handle.createQuery("SELECT * FROM invite ORDER BY id DESC").map(Invites::invite).list();
  }

  /// Who used it, by Telegram id, the latest first.
  public List<Long> redeemers(Handle handle, InviteId id) {
    return handle
        .createQuery(
            """
            SELECT a.telegram_id FROM invite_redemption r JOIN account a ON a.id = r.account_id
            WHERE r.invite_id = :id ORDER BY r.redeemed_at DESC
            """)
        .bind("id", id.value())
        .mapTo(Long.class)
        .list();
  }

  /// Withdraws it: logins that hold a use end without it, subscriptions stay.
  ///
  /// @return false: there is none, or it was withdrawn before
  public boolean revoke(Handle handle, InviteId id) {
    return handle
            .createUpdate(
                "UPDATE invite SET revoked_at = :now WHERE id = :id AND revoked_at IS NULL")
            .bind("now", Times.column(clock.instant()))
            .bind("id", id.value())
            .execute()
        == 1;
  }

  /// Whether one more person could use this code now.
  public boolean open(Handle handle, InviteCode code) {
    return find(handle, code).map(invite -> invite.open(clock.instant())).orElse(false);
  }

  /// Holds one use for this account, or says why not.
  public Reservation reserve(Handle handle, InviteCode code, AccountId account) {
    var locked =
        handle
            .createQuery("SELECT * FROM invite WHERE code_hash = :hash FOR UPDATE")
            .bind("hash", hash(code))
            .map(Invites::invite)
            .findOne();
    if (locked.isEmpty()) {
      return new Reservation.Unknown();
    }
    var invite = locked.get();
    if (invite.open(clock.instant()) && hold(handle, invite.id(), account)) {
      return new Reservation.Reserved(invite.id(), plans.get(handle, invite.planCode()));
    }
    if (redeemed(handle, invite.id(), account)) {
      return new Reservation.AlreadyRedeemed();
    }
    if (invite.revokedAt().isPresent()) {
      return new Reservation.Withdrawn();
    }
    if (invite.expired(clock.instant())) {
      return new Reservation.Expired(invite.expiresAt().orElseThrow());
    }
    return new Reservation.UsedUp();
  }

  /// False: this account has redeemed it before.
  private static boolean hold(Handle handle, InviteId invite, AccountId account) {
    return handle
            .createUpdate(
                """
                UPDATE invite SET reserved = reserved + 1
                WHERE id = :invite AND NOT EXISTS (
                  SELECT 1 FROM invite_redemption WHERE invite_id = :invite AND account_id = :account)
                """)
            .bind("invite", invite.value())
            .bind("account", account.value())
            .execute()
        == 1;
  }

  /// Turns a held use into a redemption. False: it was withdrawn meanwhile, and the use is still
  /// held.
  public boolean redeem(Handle handle, InviteId invite, AccountId account) {
    int redeemed =
        handle
            .createUpdate(
                """
                UPDATE invite SET reserved = reserved - 1, used = used + 1
                WHERE id = :id AND revoked_at IS NULL
                """)
            .bind("id", invite.value())
            .execute();
    if (redeemed == 0) {
      return false;
    }
    handle
        .createUpdate("INSERT INTO invite_redemption VALUES (:invite, :account, :at)")
        .bind("invite", invite.value())
        .bind("account", account.value())
        .bind("at", Times.column(clock.instant()))
        .execute();
    return true;
  }

  /// Gives a held use back.
  public void release(Handle handle, InviteId invite) {
    handle
        .createUpdate("UPDATE invite SET reserved = reserved - 1 WHERE id = :id")
        .bind("id", invite.value())
        .execute();
  }

  private static boolean redeemed(Handle handle, InviteId invite, AccountId account) {
    return handle
        .createQuery(
            "SELECT EXISTS (SELECT 1 FROM invite_redemption WHERE invite_id = :invite AND account_id = :account)")
        .bind("invite", invite.value())
        .bind("account", account.value())
        .mapTo(Boolean.class)
        .one();
  }

  private byte[] hash(InviteCode code) {
    return Hashes.hmac(codeKey, code.value());
  }

  private static Invite invite(ResultSet row, StatementContext context) throws SQLException {
    return new Invite(
        new InviteId(row.getLong("id")),
        row.getString("hint"),
        row.getString("plan_code"),
        row.getInt("max_uses"),
        row.getInt("used"),
        row.getInt("reserved"),
        Times.find(row, "expires_at"),
        Times.find(row, "revoked_at"));
  }
}
