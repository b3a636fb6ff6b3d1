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
  /// Telegram asks for an e-mail or a payment.
  EXTRA_STEP,
  /// PHONE_CODE_INVALID, three times.
  WRONG_CODE,
  /// PHONE_CODE_EXPIRED.
  CODE_EXPIRED,
  /// PHONE_NUMBER_INVALID.
  PHONE_INVALID,
  /// PHONE_NUMBER_FLOOD: too many codes were asked for this number.
  PHONE_FLOOD,
  /// No Telegram account has this number.
  PHONE_UNKNOWN,
  /// API_ID_INVALID and the like, UPDATE_APP_TO_LOGIN: the operator must act.
  API_REJECTED,
  /// Telegram did not answer before the page's time was over.
  TELEGRAM_SILENT,
  /// No worker had a free place in all the time that a login may wait for one.
  BUSY,
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
