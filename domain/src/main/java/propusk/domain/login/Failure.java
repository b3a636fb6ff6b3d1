package propusk.domain.login;

import java.util.Locale;

/// Why a login failed. Each has its own words on the page and in the chat.
public enum Failure {
  /// Another Telegram account took the code; its session was logged out.
  WRONG_ACCOUNT,
  /// FLOOD_WAIT: Telegram says until when.
  FLOOD_WAIT,
  /// PASSWORD_HASH_INVALID, three times.
  WRONG_PASSWORD,
  /// PHONE_PASSWORD_FLOOD.
  PASSWORD_FLOOD,
  /// PHONE_NUMBER_BANNED, USER_DEACTIVATED_BAN.
  PHONE_BANNED,
  /// A two-step password is needed and the operator switched its page off.
  PASSWORD_PAGES_OFF,
  /// Telegram asks for an e-mail, a payment or a registration.
  EXTRA_STEP,
  /// API_ID_INVALID and the like, UPDATE_APP_TO_LOGIN: the operator must act.
  API_REJECTED,
  /// Telegram did not answer before the page's time was over.
  TELEGRAM_SILENT,
  /// The run broke on our side; no session was left behind.
  RUN_BROKEN,
  /// The host that ran it is gone: a session of ours may be left in Telegram's list of devices.
  HOST_LOST,
  /// The invite was withdrawn meanwhile.
  INVITE_LOST;

  /// The code in JSON and in rows, such as `wrong_account`.
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Failure of(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
