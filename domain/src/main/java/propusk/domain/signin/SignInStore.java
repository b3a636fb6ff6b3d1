package propusk.domain.signin;

import java.net.InetAddress;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;
import propusk.domain.account.AccountId;
import propusk.domain.browser.BrowserInfo;
import propusk.domain.organization.OrganizationId;
import propusk.domain.signin.SignInState.Approved;
import propusk.domain.signin.SignInState.Denied;
import propusk.domain.signin.SignInState.Ended;
import propusk.domain.signin.SignInState.Exchanged;
import propusk.domain.signin.SignInState.Expired;
import propusk.domain.signin.SignInState.Mismatched;
import propusk.domain.signin.SignInState.Opened;
import propusk.domain.signin.SignInState.Replaced;
import propusk.domain.signin.SignInState.Waiting;
import propusk.domain.time.Times;

/// The rows of sign-ins.
final class SignInStore {

  /// What a sign-in is found by.
  ///
  /// @param browser the hash of what its browser will show
  // Arrays in a record: it is carried, never compared.
  @SuppressWarnings("ArrayRecordComponent")
  record Keys(
      byte[] browser, byte @Nullable [] start, byte @Nullable [] code, byte @Nullable [] phone) {}

  /// False: there is one with this id, link or code.
  boolean insert(Handle handle, SignIn signIn, Keys keys) {
    return handle
            .createUpdate(
                """
                INSERT INTO sign_in (id, kind, browser_hash, origin, start_hash, code_hash, number, choices, phone_hash,
                  account_id, phase, browser, system, ip, redirect, remember, organization_id, event_id,
                  created_at, deadline)
                VALUES (:id, :kind, :browserHash, :origin, :start, :code, :number, :choices, :phone,
                  :account, :phase, :browser, :system, CAST(:ip AS inet), :redirect, :remember, :organization, :event,
                  :created, :deadline)
                ON CONFLICT DO NOTHING
                """)
            .bind("id", signIn.id().value())
            .bind("kind", signIn.kind().code())
            .bind("browserHash", keys.browser())
            .bind("origin", signIn.origin().orElse(null))
            .bind("start", keys.start())
            .bind("code", keys.code())
            .bind("number", signIn.number())
            .bindArray("choices", Integer.class, signIn.choices())
            .bind("phone", keys.phone())
            .bind("account", signIn.state().account().map(AccountId::value).orElse(null))
            .bind("phase", signIn.state().phase())
            .bind("browser", signIn.browser().browser().orElse(null))
            .bind("system", signIn.browser().system().orElse(null))
            .bind("ip", signIn.browser().ip().map(InetAddress::getHostAddress).orElse(null))
            .bind("redirect", signIn.redirect().map(LocalPath::value).orElse(null))
            .bind("remember", signIn.remember())
            .bind("organization", signIn.organizationId().orElse(null))
            .bind("event", signIn.eventId().orElse(null))
            .bind("created", Times.column(signIn.createdAt()))
            .bind("deadline", Times.column(signIn.deadline()))
            .execute()
        == 1;
  }

  /// A sign-in and whose it is.
  // Arrays in a record: it is carried, never compared.
  @SuppressWarnings("ArrayRecordComponent")
  record Row(SignIn signIn, byte[] browser) {
    boolean isOf(BrowserProof proof) {
      return signIn.origin().equals(proof.site()) && MessageDigest.isEqual(browser, proof.hash());
    }
  }

  Map<SignInId, Row> find(Handle handle, Collection<SignInId> ids) {
    return handle
        .createQuery("SELECT * FROM sign_in WHERE id = ANY (:ids)")
        .bindArray("ids", String.class, ids.stream().map(SignInId::value).toList())
        .map((row, context) -> new Row(signIn(row, context), row.getBytes("browser_hash")))
        .collect(Collectors.toMap(row -> row.signIn().id(), row -> row));
  }

  Optional<SignIn> find(Handle handle, SignInId id) {
    return handle
        .createQuery("SELECT * FROM sign_in WHERE id = :id")
        .bind("id", id.value())
        .map(SignInStore::signIn)
        .findOne();
  }

  Optional<SignIn> lock(Handle handle, SignInId id) {
    return handle
        .createQuery("SELECT * FROM sign_in WHERE id = :id FOR UPDATE")
        .bind("id", id.value())
        .map(SignInStore::signIn)
        .findOne();
  }

  Optional<SignIn> lockByStart(Handle handle, byte[] hash) {
    return handle
        .createQuery("SELECT * FROM sign_in WHERE start_hash = :hash FOR UPDATE")
        .bind("hash", hash)
        .map(SignInStore::signIn)
        .findOne();
  }

  Optional<SignIn> lockByCode(Handle handle, byte[] hash) {
    return handle
        .createQuery("SELECT * FROM sign_in WHERE code_hash = :hash FOR UPDATE")
        .bind("hash", hash)
        .map(SignInStore::signIn)
        .findOne();
  }

  /// The question about this number that still waits.
  Optional<SignIn> lockAsking(Handle handle, byte[] phone) {
    return handle
        .createQuery(
            "SELECT * FROM sign_in WHERE phone_hash = :phone AND phase = 'waiting' FOR UPDATE")
        .bind("phone", phone)
        .map(SignInStore::signIn)
        .findOne();
  }

  /// Live sign-ins past their deadline, locked; those that another process is at are left to it.
  List<SignIn> lockOverdue(Handle handle, Instant now, int max) {
    return handle
        .createQuery(
            """
            SELECT * FROM sign_in WHERE ended_at IS NULL AND deadline <= :now
            ORDER BY deadline LIMIT :max FOR UPDATE SKIP LOCKED
            """)
        .bind("now", Times.column(now))
        .bind("max", max)
        .map(SignInStore::signIn)
        .list();
  }

  void save(Handle handle, SignIn signIn, Instant now) {
    var state = signIn.state();
    boolean decided =
        state instanceof Approved || state instanceof Denied || state instanceof Mismatched;
    handle
        .createUpdate(
            """
            UPDATE sign_in SET phase = :phase, account_id = :account, version = :version, deadline = :deadline,
              vouched_by = :voucher,
              opened_at = CASE WHEN :opened THEN :now ELSE opened_at END,
              decided_at = CASE WHEN :decided THEN :now ELSE decided_at END,
              ended_at = CASE WHEN :ended THEN :now END
            WHERE id = :id
            """)
        .bind("phase", state.phase())
        .bind("account", state.account().map(AccountId::value).orElse(null))
        .bind("version", signIn.version())
        .bind("deadline", Times.column(signIn.deadline()))
        .bind("voucher", signIn.vouchedBy().map(OrganizationId::value).orElse(null))
        .bind("opened", state instanceof Opened)
        .bind("decided", decided)
        .bind("ended", state instanceof Ended)
        .bind("now", Times.column(now))
        .bind("id", signIn.id().value())
        .execute();
  }

  int forget(Handle handle, Instant before) {
    return handle
        .createUpdate("DELETE FROM sign_in WHERE created_at < :before AND ended_at IS NOT NULL")
        .bind("before", Times.column(before))
        .execute();
  }

  private static SignIn signIn(ResultSet row, StatementContext context) throws SQLException {
    return new SignIn(
        new SignInId(row.getString("id")),
        SignInKind.of(row.getString("kind")),
        state(row),
        row.getLong("version"),
        row.getInt("number"),
        choices(row),
        new BrowserInfo(
            Optional.ofNullable(row.getString("browser")),
            Optional.ofNullable(row.getString("system")),
            Optional.ofNullable(row.getString("ip")).map(InetAddress::ofLiteral)),
        Optional.ofNullable(row.getObject("organization_id", Long.class)),
        Optional.ofNullable(row.getObject("event_id", Long.class)),
        Optional.ofNullable(row.getString("redirect")).map(LocalPath::new),
        row.getBoolean("remember"),
        Optional.ofNullable(row.getString("origin")),
        Optional.ofNullable(row.getObject("vouched_by", Long.class)).map(OrganizationId::new),
        Times.get(row, "created_at"),
        Times.get(row, "deadline"));
  }

  private static List<Integer> choices(ResultSet row) throws SQLException {
    var array = (Short[]) row.getArray("choices").getArray();
    return Arrays.stream(array).map(Short::intValue).toList();
  }

  private static SignInState state(ResultSet row) throws SQLException {
    var account = Optional.ofNullable(row.getObject("account_id", Long.class)).map(AccountId::new);
    var phase = row.getString("phase");
    return switch (phase) {
      case "waiting" -> new Waiting(account);
      case "opened" -> new Opened(account.orElseThrow());
      case "approved" -> new Approved(account.orElseThrow());
      case "exchanged" -> new Exchanged(account.orElseThrow());
      case "denied" -> new Denied(account.orElseThrow());
      case "mismatched" -> new Mismatched(account.orElseThrow());
      case "expired" -> new Expired(account);
      case "replaced" -> new Replaced(account);
      default -> throw new IllegalStateException("no such phase: " + phase);
    };
  }
}
