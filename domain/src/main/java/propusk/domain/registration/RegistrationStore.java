package propusk.domain.registration;

import java.net.InetAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import propusk.domain.account.AccountId;
import propusk.domain.browser.BrowserInfo;
import propusk.domain.organization.OrganizationId;
import propusk.domain.outbox.Chat;
import propusk.domain.registration.RegistrationState.CodeSent;
import propusk.domain.time.Times;

/// Rows of registrations.
final class RegistrationStore {
  private static final String REGISTRATION =
      """
      SELECT r.*, c.public_id AS customer, c.phone_sealed, c.organization_id
      FROM registration r LEFT JOIN customer c ON c.id = r.customer_id
      """;

  private final Customers customers;

  RegistrationStore(Customers customers) {
    this.customers = customers;
  }

  void insert(
      Handle handle,
      RegistrationId id,
      byte[] browserHash,
      String name,
      BrowserInfo from,
      Instant now,
      Instant deadline) {
    handle
        .createUpdate(
            """
            INSERT INTO registration (id, browser_hash, name, phase, browser, system, ip, created_at, deadline)
            VALUES (:id, :hash, :name, 'pending', :browser, :system, CAST(:ip AS inet), :now, :deadline)
            """)
        .bind("id", id.value())
        .bind("hash", browserHash)
        .bind("name", name)
        .bind("browser", from.browser().orElse(null))
        .bind("system", from.system().orElse(null))
        .bind("ip", from.ip().map(InetAddress::getHostAddress).orElse(null))
        .bind("now", Times.column(now))
        .bind("deadline", Times.column(deadline))
        .execute();
  }

  Optional<Registration> find(Handle handle, byte[] browserHash) {
    return handle
        .createQuery(REGISTRATION + "WHERE r.browser_hash = :hash")
        .bind("hash", browserHash)
        .map(this::registration)
        .findOne();
  }

  Optional<Registration> lock(Handle handle, RegistrationId id) {
    return handle
        .createQuery(REGISTRATION + "WHERE r.id = :id FOR UPDATE OF r")
        .bind("id", id.value())
        .map(this::registration)
        .findOne();
  }

  Optional<Registration> lock(Handle handle, byte[] browserHash) {
    return handle
        .createQuery(REGISTRATION + "WHERE r.browser_hash = :hash FOR UPDATE OF r")
        .bind("hash", browserHash)
        .map(this::registration)
        .findOne();
  }

  /// What this person was asked for last and may still answer.
  Optional<Registration> lockAsked(Handle handle, AccountId account, Instant now) {
    return handle
        .createQuery(
            REGISTRATION
                + """
                WHERE r.account_id = :account AND r.phase = 'asked' AND r.deadline > :now
                ORDER BY r.created_at DESC LIMIT 1 FOR UPDATE OF r
                """)
        .bind("account", account.value())
        .bind("now", Times.column(now))
        .map(this::registration)
        .findOne();
  }

  List<Registration> lockOverdue(Handle handle, Instant now, int max) {
    return handle
        .createQuery(
            REGISTRATION
                + """
                WHERE r.ended_at IS NULL AND r.deadline <= :now
                ORDER BY r.deadline LIMIT :max FOR UPDATE OF r SKIP LOCKED
                """)
        .bind("now", Times.column(now))
        .bind("max", max)
        .map(this::registration)
        .list();
  }

  /// Stores what it became; the code goes with the state that has one.
  ///
  /// @param codeHash of a code that was just made
  void store(
      Handle handle,
      Registration registration,
      RegistrationState state,
      Optional<byte[]> codeHash,
      Instant now) {
    boolean sent = state instanceof CodeSent;
    handle
        .createUpdate(
            """
            UPDATE registration SET phase = :phase, version = version + 1,
              account_id = coalesce(:account, account_id),
              code_hash = CASE WHEN :sent THEN coalesce(:codeHash, code_hash) END,
              sent_at = CASE WHEN CAST(:codeHash AS bytea) IS NOT NULL THEN :now ELSE sent_at END,
              wrong_tries = :wrongTries,
              ended_at = CASE WHEN :ended THEN :now END
            WHERE id = :id
            """)
        .bind("phase", state.phase())
        .bind("account", state.person().map(AccountId::value).orElse(null))
        .bind("sent", sent)
        .bind("codeHash", codeHash.orElse(null))
        .bind("now", Times.column(now))
        .bind(
            "wrongTries",
            state instanceof CodeSent(var _, int left, var _, var _)
                ? Registrations.TRIES - left
                : 0)
        .bind("ended", state instanceof RegistrationState.Ended)
        .bind("id", registration.id().value())
        .execute();
  }

  void setDeadline(Handle handle, RegistrationId id, Instant deadline) {
    handle
        .createUpdate("UPDATE registration SET deadline = :deadline WHERE id = :id")
        .bind("deadline", Times.column(deadline))
        .bind("id", id.value())
        .execute();
  }

  void setChat(Handle handle, RegistrationId id, Chat chat) {
    handle
        .createUpdate("UPDATE registration SET bot_id = :bot, chat_id = :chat WHERE id = :id")
        .bind("bot", chat.botId())
        .bind("chat", chat.chatId())
        .bind("id", id.value())
        .execute();
  }

  Optional<Chat> chat(Handle handle, RegistrationId id) {
    return handle
        .createQuery(
            "SELECT bot_id, chat_id FROM registration WHERE id = :id AND chat_id IS NOT NULL")
        .bind("id", id.value())
        .map((row, _) -> new Chat(row.getLong("bot_id"), row.getLong("chat_id")))
        .findOne();
  }

  void setCustomer(Handle handle, RegistrationId id, long customer) {
    handle
        .createUpdate("UPDATE registration SET customer_id = :customer WHERE id = :id")
        .bind("customer", customer)
        .bind("id", id.value())
        .execute();
  }

  /// Another code is wanted.
  void countCode(Handle handle, RegistrationId id) {
    handle
        .createUpdate("UPDATE registration SET codes = codes + 1 WHERE id = :id")
        .bind("id", id.value())
        .execute();
  }

  int codes(Handle handle, RegistrationId id) {
    return handle
        .createQuery("SELECT codes FROM registration WHERE id = :id")
        .bind("id", id.value())
        .mapTo(Integer.class)
        .one();
  }

  byte[] codeHash(Handle handle, RegistrationId id) {
    return handle
        .createQuery("SELECT code_hash FROM registration WHERE id = :id")
        .bind("id", id.value())
        .map((row, _) -> row.getBytes("code_hash"))
        .one();
  }

  int forget(Handle handle, Instant before) {
    return handle
        .createUpdate("DELETE FROM registration WHERE ended_at < :before")
        .bind("before", Times.column(before))
        .execute();
  }

  private Registration registration(ResultSet row, StatementContext context) throws SQLException {
    var customer = Optional.ofNullable(row.getString("customer"));
    var sealed = row.getBytes("phone_sealed");
    long organization = row.getLong("organization_id");
    boolean vouched = !row.wasNull();
    return new Registration(
        new RegistrationId(row.getString("id")),
        row.getLong("version"),
        row.getString("name"),
        state(row),
        new BrowserInfo(
            Optional.ofNullable(row.getString("browser")),
            Optional.ofNullable(row.getString("system")),
            Optional.ofNullable(row.getString("ip")).map(InetAddress::ofLiteral)),
        customer.map(CustomerId::new),
        customer.map(publicId -> customers.open(publicId, sealed)),
        vouched ? Optional.of(new OrganizationId(organization)) : Optional.empty(),
        Times.get(row, "created_at"),
        Times.get(row, "deadline"));
  }

  private static RegistrationState state(ResultSet row) throws SQLException {
    var by = new AccountId(row.getLong("account_id"));
    return switch (row.getString("phase")) {
      case "pending" -> new RegistrationState.Pending();
      case "asked" -> new RegistrationState.Asked(by);
      case "contact_received" -> new RegistrationState.ContactReceived(by);
      case "code_sent" ->
          new CodeSent(
              by,
              Registrations.TRIES - row.getInt("wrong_tries"),
              Registrations.CODES - row.getInt("codes"),
              Times.get(row, "sent_at").plus(Registrations.SEND_AGAIN));
      case "registered" -> new RegistrationState.Registered(by);
      case "expired" -> new RegistrationState.Expired();
      default -> throw new IllegalStateException("a phase that is none");
    };
  }
}
