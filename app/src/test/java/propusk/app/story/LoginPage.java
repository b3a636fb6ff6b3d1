package propusk.app.story;

import java.util.Map;
import java.util.Optional;
import propusk.miniapp.browser.Chromium;
import propusk.miniapp.browser.QrReader;
import propusk.miniapp.browser.TelegramApp;
import propusk.sandbox.person.SandboxMessage;
import propusk.sandbox.person.SandboxPerson;

/// The Mini App in a real Chromium, as a computer's Telegram opens it, and the eyes of a phone in
/// front of it.
public final class LoginPage implements AutoCloseable {
  private final TelegramApp app;
  private final String address;

  private LoginPage(TelegramApp app, String address) {
    this.app = app;
    this.address = address;
  }

  /// Sends `/login INVITE` and taps the button under the answer.
  static LoginPage open(Chromium chromium, SandboxPerson person, String invite) {
    return open(chromium, person, invite, "tdesktop");
  }

  /// The same on a platform as Telegram's apps name theirs.
  static LoginPage open(Chromium chromium, SandboxPerson person, String invite, String platform) {
    person.send("/login " + invite);
    return tap(chromium, person, person.awaitMessage("Инвайт код принят"), platform);
  }

  /// Taps the button under the bot's answer.
  public static LoginPage tap(Chromium chromium, SandboxPerson person, SandboxMessage accepted) {
    return tap(chromium, person, accepted, "tdesktop");
  }

  private static LoginPage tap(
      Chromium chromium, SandboxPerson person, SandboxMessage accepted, String platform) {
    var address =
        person.tap(accepted, accepted.number("QR"), Map.of("platform", platform)).orElseThrow();
    var page = new LoginPage(new TelegramApp(chromium.context(390, 844), true), address);
    // A killed worker has to be started again, on a machine that may be busy.
    page.app.page().setDefaultTimeout((double) Await.PATIENCE.multipliedBy(2).toMillis());
    page.app.open(address);
    return page;
  }

  String loginId() {
    return new MiniApp(address).loginId();
  }

  /// The link in the QR code, read from a picture of the screen.
  public String scannedFromScreen() {
    return scannedFromScreen("");
  }

  /// The same, once it is another code than this.
  String scannedFromScreen(String before) {
    app.see("#pass-code svg");
    return Await.value(
        "a QR code on the screen",
        Await.PATIENCE.multipliedBy(2),
        () ->
            Optional.of(app.screenshot())
                .flatMap(QrReader::read)
                .filter(link -> !link.equals(before)));
  }

  void says(String selector, String text) {
    app.says(selector, text);
  }

  /// The page asked Telegram to close it.
  void closesItself() {
    app.hears("web_app_close");
  }

  public TelegramApp app() {
    return app;
  }

  @Override
  public void close() {
    app.close();
  }
}
