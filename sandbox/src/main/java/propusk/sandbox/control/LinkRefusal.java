package propusk.sandbox.control;

import java.util.Locale;

/// Why a phone does not take what it was shown, in the words of both languages.
enum LinkRefusal {
  NOT_A_LOGIN_LINK("Это не ссылка входа", "That is not a login link"),
  OLD_CODE(
      "Код устарел, возьмите новый с экрана", "The code is old, take the new one from the screen"),
  REAL_TELEGRAM(
      "Это ссылка настоящего Telegram, песочница её не принимает",
      "That is a link of the real Telegram, the sandbox refuses it"),
  NO_QR_CODE("На картинке нет QR‑кода", "There is no QR code in the picture");

  private final String russian;
  private final String english;

  LinkRefusal(String russian, String english) {
    this.russian = russian;
    this.english = english;
  }

  String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  String russian() {
    return russian;
  }

  String english() {
    return english;
  }
}
