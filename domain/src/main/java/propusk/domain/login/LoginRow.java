package propusk.domain.login;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;
import propusk.domain.account.Account;
import propusk.domain.account.AccountId;
import propusk.domain.account.Language;
import propusk.domain.account.TelegramUserId;
import propusk.domain.invite.InviteId;
import propusk.domain.login.LoginState.AwaitingCode;
import propusk.domain.login.LoginState.AwaitingPassword;
import propusk.domain.login.LoginState.AwaitingScan;
import propusk.domain.login.LoginState.Cancelled;
import propusk.domain.login.LoginState.CancelledBy;
import propusk.domain.login.LoginState.Completed;
import propusk.domain.login.LoginState.Expired;
import propusk.domain.login.LoginState.Failed;
import propusk.domain.login.LoginState.Finalizing;
import propusk.domain.login.LoginState.Preparing;
import propusk.domain.login.LoginState.Requested;
import propusk.domain.plan.Plan;
import propusk.domain.time.Times;

/// A login row to a [Login] and back.
final class LoginRow {
  private LoginRow() {}

  static String purpose(Purpose purpose) {
    return switch (purpose) {
      case Purpose.FirstLogin _ -> "first_login";
      case Purpose.ReLogin _ -> "re_login";
      case Purpose.PhoneLogin _ -> "phone_login";
    };
  }

  static Login login(ResultSet row, StatementContext context) throws SQLException {
    return new Login(
        new LoginId(row.getString("id")),
        account(row),
        purpose(row),
        plan(row),
        state(row),
        row.getLong("version"),
        Times.get(row, "created_at"),
        Times.get(row, "deadline"),
        Times.find(row, "waiting_since"),
        chat(row),
        Language.of(row.getString("language")));
  }

  private static Optional<Account> account(ResultSet row) throws SQLException {
    var id = row.getObject("account_id", Long.class);
    return id == null
        ? Optional.empty()
        : Optional.of(
            new Account(
                new AccountId(id),
                new TelegramUserId(row.getLong("telegram_id")),
                row.getString("first_name"),
                Optional.ofNullable(row.getString("last_name")),
                Optional.ofNullable(row.getString("username")),
                Language.of(row.getString("account_language"))));
  }

  private static Optional<LoginChat> chat(ResultSet row) throws SQLException {
    var bot = row.getObject("bot_id", Long.class);
    return bot == null ? Optional.empty() : Optional.of(new LoginChat(bot, row.getLong("chat_id")));
  }

  private static LoginState state(ResultSet row) throws SQLException {
    var phase = row.getString("phase");
    return switch (phase) {
      case "requested" -> new Requested();
      case "preparing" -> new Preparing();
      case "awaiting_scan" ->
          new AwaitingScan(row.getInt("qr_seq"), Times.get(row, "qr_expires_at"));
      case "awaiting_password" ->
          new AwaitingPassword(
              Optional.ofNullable(row.getString("password_hint")), row.getInt("tries_left"));
      case "awaiting_code" ->
          new AwaitingCode(
              row.getString("code_via"), row.getInt("code_length"), row.getInt("tries_left"));
      case "finalizing" -> new Finalizing();
      case "completed" -> new Completed();
      case "cancelled" -> new Cancelled(CancelledBy.of(row.getString("end_code")));
      case "expired" -> new Expired();
      case "failed" ->
          new Failed(Failure.of(row.getString("end_code")), Times.find(row, "retry_at"));
      default -> throw new IllegalStateException("no such phase: " + phase);
    };
  }

  private static Purpose purpose(ResultSet row) throws SQLException {
    var purpose = row.getString("purpose");
    return switch (purpose) {
      case "first_login" -> new Purpose.FirstLogin(new InviteId(row.getLong("invite_id")));
      case "re_login" -> new Purpose.ReLogin();
      case "phone_login" -> new Purpose.PhoneLogin(row.getBytes("phone_hash"));
      default -> throw new IllegalStateException("no such purpose: " + purpose);
    };
  }

  private static Optional<Plan> plan(ResultSet row) throws SQLException {
    var code = row.getString("plan_code");
    return code == null
        ? Optional.empty()
        : Optional.of(
            new Plan(
                code,
                row.getString("plan_name"),
                row.getInt("channels"),
                row.getInt("posts_per_day"),
                row.getInt("rag_per_day"),
                row.getBoolean("ai_digests"),
                Optional.ofNullable(row.getObject("duration_days", Integer.class))));
  }
}
