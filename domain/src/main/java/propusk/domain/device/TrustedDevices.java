package propusk.domain.device;

import java.net.InetAddress;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import propusk.domain.account.AccountId;
import propusk.domain.browser.BrowserInfo;
import propusk.domain.notify.Channel;
import propusk.domain.notify.Notifications;
import propusk.domain.outbox.Notices;
import propusk.domain.seal.Hashes;
import propusk.domain.seal.Sealer;
import propusk.domain.seal.Secret;
import propusk.domain.seal.Tokens;
import propusk.domain.time.Times;
import propusk.domain.websession.WebSessionId;
import propusk.domain.websession.WebSessions;

/// Browsers that are known again by a cookie which changes with each use. Who shows one that was
/// replaced has a copy, or is robbed: then nobody is known by it any more and its owner is told.
///
/// The one just replaced is good for [#GRACE] and leads to the same successor, so that many tabs at
/// once, or an answer that was lost, harm nobody; within that time the successor is not replaced
/// either. Stateless; every call runs in the caller's transaction.
public final class TrustedDevices {
  /// A browser that is not used for this long is forgotten.
  public static final Duration LIFE = Duration.ofDays(90);

  static final Duration GRACE = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(TrustedDevices.class);

  private final Verifiers verifiers;
  private final WebSessions webSessions;
  private final Notices notices;
  private final InstantSource clock;
  private final Tokens tokens;

  /// @param sealer the one of SECRET_KEY
  public TrustedDevices(
      Sealer sealer, WebSessions webSessions, InstantSource clock, Tokens tokens) {
    this.verifiers = new Verifiers(sealer.macKey("trusted_device"));
    this.webSessions = webSessions;
    this.notices = new Notices(clock);
    this.clock = clock;
    this.tokens = tokens;
  }

  // Arrays in a record: it is carried, never compared.
  @SuppressWarnings("ArrayRecordComponent")
  private record Row(
      TrustedDevice device,
      byte[] verifier,
      byte @Nullable [] previous,
      int counter,
      Instant rotatedAt,
      boolean retired) {}

  /// Remembers the browser that has just entered as this account.
  ///
  /// @param session the cookie of its web session: it ends with the device
  /// @return the device's own cookie
  public Secret remember(Handle handle, AccountId account, BrowserInfo from, Secret session) {
    var id = DeviceId.random(tokens);
    var verifier = verifiers.verifier(id, 0);
    var now = clock.instant();
    handle
        .createUpdate(
            """
            INSERT INTO trusted_device (id, account_id, verifier_hash, rotated_at, browser, system, ip,
              created_at, used_at, expires_at)
            VALUES (:id, :account, :hash, :now, :browser, :system, CAST(:ip AS inet), :now, :now, :expires)
            """)
        .bind("id", id.value())
        .bind("account", account.value())
        .bind("hash", Hashes.sha256(verifier.value()))
        .bind("browser", from.browser().orElse(null))
        .bind("system", from.system().orElse(null))
        .bind("ip", from.ip().map(InetAddress::getHostAddress).orElse(null))
        .bind("now", Times.column(now))
        .bind("expires", Times.column(now.plus(LIFE)))
        .execute();
    webSessions.openedBy(handle, session, id.value());
    Notifications.hint(handle, Channel.ACCOUNT, Long.toString(account.value()));
    return Verifiers.cookie(id, verifier);
  }

  /// Whose browser shows this cookie, if `asked` is content with the device; then the cookie is
  /// replaced.
  public DeviceOutcome use(
      Handle handle, Secret cookie, BrowserInfo from, Predicate<TrustedDevice> asked) {
    var shown = Verifiers.parse(cookie);
    var locked = shown.flatMap(it -> lock(handle, it.device()));
    if (shown.isEmpty() || locked.isEmpty()) {
      return new DeviceOutcome.Unknown();
    }
    var row = locked.get();
    if (!counts(row, shown.get())) {
      if (!verifiers.once(shown.get(), row.counter())) {
        return new DeviceOutcome.Unknown();
      }
      stolen(handle, row.device());
      return new DeviceOutcome.Stolen();
    }
    if (!asked.test(row.device())) {
      return new DeviceOutcome.NotThis();
    }
    if (row.retired()) {
      return new DeviceOutcome.Retired(row.device());
    }
    boolean fresh = isFresh(row);
    int counter = fresh ? row.counter() : row.counter() + 1;
    var successor = verifiers.verifier(row.device().id(), counter);
    save(handle, row, fresh, counter, successor, from);
    return new DeviceOutcome.Known(row.device(), Verifiers.cookie(row.device().id(), successor));
  }

  /// Its owner signed out: from now on the number is wanted as well.
  public void rest(Handle handle, Secret cookie) {
    Verifiers.parse(cookie)
        .flatMap(shown -> lock(handle, shown.device()).filter(row -> counts(row, shown)))
        .ifPresent(row ->
            handle
                .createUpdate("UPDATE trusted_device SET resting = true WHERE id = :id")
                .bind("id", row.device().id().value())
                .execute());
  }

  /// The browser has got another cookie: this one counts no more.
  public void drop(Handle handle, Secret cookie) {
    Verifiers.parse(cookie)
        .flatMap(shown ->
            lock(handle, shown.device())
                .filter(row -> !row.retired())
                .filter(row -> counts(row, shown)))
        .ifPresent(row ->
            handle
                .createUpdate(
                    "UPDATE trusted_device SET revoked_at = :now, revoked_for = 'person' WHERE id ="
                        + " :id")
                .bind("now", Times.column(clock.instant()))
                .bind("id", row.device().id().value())
                .execute());
  }

  /// Which device a cookie names; nothing is proven by that.
  public static Optional<DeviceId> named(Secret cookie) {
    return Verifiers.parse(cookie).map(Verifiers.Shown::device);
  }

  /// Whether a device that was known a moment ago still is. Whoever forgets it meanwhile waits for
  /// this transaction, and shows out what came of it.
  public boolean counts(Handle handle, DeviceId id) {
    return handle
        .createQuery(
            "SELECT id FROM trusted_device WHERE id = :id AND revoked_at IS NULL FOR SHARE")
        .bind("id", id.value())
        .mapTo(String.class)
        .findOne()
        .isPresent();
  }

  /// The browsers that would be known again, the one used last first.
  public List<TrustedDevice> list(Handle handle, AccountId account) {
    return handle
        .createQuery(
            """
            SELECT * FROM trusted_device WHERE account_id = :account AND revoked_at IS NULL AND expires_at > :now
            ORDER BY used_at DESC, id
            """)
        .bind("account", account.value())
        .bind("now", Times.column(clock.instant()))
        .map(TrustedDevices::device)
        .list();
  }

  /// Forgets one of an account's browsers and shows it out. False: it is not theirs, or was
  /// forgotten before.
  public boolean revoke(Handle handle, AccountId account, DeviceId id) {
    int revoked =
        handle
            .createUpdate(
                """
                UPDATE trusted_device SET revoked_at = :now, revoked_for = 'person'
                WHERE id = :id AND account_id = :account AND revoked_at IS NULL
                """)
            .bind("now", Times.column(clock.instant()))
            .bind("id", id.value())
            .bind("account", account.value())
            .execute();
    if (revoked == 1) {
      webSessions.revokeOpenedBy(handle, id.value());
      Notifications.hint(handle, Channel.ACCOUNT, Long.toString(account.value()));
    }
    return revoked == 1;
  }

  /// Forgets the browser that one of an account's web sessions belongs to: shown out, it is not to
  /// come back by itself.
  public int revokeWith(Handle handle, AccountId account, WebSessionId session) {
    return revokeWhere(
        handle, account, "id = (SELECT device_id FROM web_session WHERE id = :session)", session);
  }

  /// Forgets all browsers of an account but the one that this web session belongs to.
  public int revokeOthers(Handle handle, AccountId account, WebSessionId kept) {
    return revokeWhere(
        handle,
        account,
        "id IS DISTINCT FROM (SELECT device_id FROM web_session WHERE id = :session)",
        kept);
  }

  private int revokeWhere(Handle handle, AccountId account, String which, WebSessionId session) {
    return handle
        .createUpdate(
            """
            UPDATE trusted_device SET revoked_at = :now, revoked_for = 'person'
            WHERE account_id = :account AND revoked_at IS NULL AND
            """
                + which)
        .bind("now", Times.column(clock.instant()))
        .bind("account", account.value())
        .bind("session", session.value())
        .execute();
  }

  /// Forgets all browsers of an account; who is in stays in, see [WebSessions#revokeAll].
  public int revokeAll(Handle handle, AccountId account) {
    return handle
        .createUpdate(
            """
            UPDATE trusted_device SET revoked_at = :now, revoked_for = 'person'
            WHERE account_id = :account AND revoked_at IS NULL
            """)
        .bind("now", Times.column(clock.instant()))
        .bind("account", account.value())
        .execute();
  }

  /// The device with this id, whatever became of it.
  public Optional<TrustedDevice> find(Handle handle, DeviceId id) {
    return handle
        .createQuery("SELECT * FROM trusted_device WHERE id = :id")
        .bind("id", id.value())
        .map(TrustedDevices::device)
        .findOne();
  }

  /// Deletes what ended before this moment.
  public int forget(Handle handle, Instant before) {
    return handle
        .createUpdate(
            "DELETE FROM trusted_device WHERE expires_at < :before OR revoked_at < :before")
        .bind("before", Times.column(before))
        .execute();
  }

  /// The cookie that counts, or the one it has just replaced: that answer may have been lost.
  private boolean counts(Row row, Verifiers.Shown shown) {
    var previous = row.previous();
    boolean graced =
        isFresh(row) && previous != null && MessageDigest.isEqual(shown.hash(), previous);
    return graced || MessageDigest.isEqual(shown.hash(), row.verifier());
  }

  private boolean isFresh(Row row) {
    return row.rotatedAt().plus(GRACE).isAfter(clock.instant());
  }

  private void save(
      Handle handle, Row row, boolean fresh, int counter, Secret successor, BrowserInfo from) {
    var now = clock.instant();
    handle
        .createUpdate(
            """
            UPDATE trusted_device SET
              previous_hash = CASE WHEN :fresh THEN previous_hash ELSE verifier_hash END,
              rotated_at = CASE WHEN :fresh THEN rotated_at ELSE :now END,
              verifier_hash = :hash, counter = :counter, used_at = :now, expires_at = :expires, resting = false,
              browser = :browser, system = :system, ip = CAST(:ip AS inet)
            WHERE id = :id
            """)
        .bind("fresh", fresh)
        .bind("hash", Hashes.sha256(successor.value()))
        .bind("counter", counter)
        .bind("now", Times.column(now))
        .bind("expires", Times.column(now.plus(LIFE)))
        .bind("browser", from.browser().orElse(null))
        .bind("system", from.system().orElse(null))
        .bind("ip", from.ip().map(InetAddress::getHostAddress).orElse(null))
        .bind("id", row.device().id().value())
        .execute();
  }

  private void stolen(Handle handle, TrustedDevice device) {
    handle
        .createUpdate(
            "UPDATE trusted_device SET revoked_at = :now, revoked_for = 'theft' WHERE id = :id")
        .bind("now", Times.column(clock.instant()))
        .bind("id", device.id().value())
        .execute();
    webSessions.revokeOpenedBy(handle, device.id().value());
    handle
        .createQuery(
            "SELECT bot_id, telegram_id FROM account WHERE id = :id AND bot_id IS NOT NULL")
        .bind("id", device.account().value())
        .map((row, _) -> List.of(row.getLong("bot_id"), row.getLong("telegram_id")))
        .findOne()
        // A private chat has its person's id.
        .ifPresent(
            chat -> notices.deviceStolen(handle, chat.get(0), chat.get(1), device.id().value()));
    LOG.warn("event=device_stolen account={}", device.account().value());
  }

  private Optional<Row> lock(Handle handle, DeviceId id) {
    return handle
        .createQuery(
            """
            SELECT * FROM trusted_device WHERE id = :id AND expires_at > :now
              AND (revoked_at IS NULL OR revoked_for = 'session_ended') FOR UPDATE
            """)
        .bind("id", id.value())
        .bind("now", Times.column(clock.instant()))
        .map((row, context) ->
            new Row(
                device(row, context),
                row.getBytes("verifier_hash"),
                row.getBytes("previous_hash"),
                row.getInt("counter"),
                Times.get(row, "rotated_at"),
                row.getString("revoked_for") != null))
        .findOne();
  }

  private static TrustedDevice device(ResultSet row, StatementContext context) throws SQLException {
    return new TrustedDevice(
        new DeviceId(row.getString("id")),
        new AccountId(row.getLong("account_id")),
        new BrowserInfo(
            Optional.ofNullable(row.getString("browser")),
            Optional.ofNullable(row.getString("system")),
            Optional.ofNullable(row.getString("ip")).map(InetAddress::ofLiteral)),
        Times.get(row, "created_at"),
        Times.get(row, "used_at"),
        Times.get(row, "expires_at"),
        row.getBoolean("resting"));
  }
}
