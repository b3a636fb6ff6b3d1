package propusk.app.story;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import propusk.miniapp.browser.Chromium;
import propusk.miniapp.browser.QrReader;
import propusk.miniapp.browser.TelegramApp;

/// The website in an ordinary browser of its own, and somebody who types there.
final class SitePage implements AutoCloseable {
  private final Town town;
  private final TelegramApp app;
  private final List<String> addresses = new CopyOnWriteArrayList<>();

  SitePage(Town town, Chromium chromium) {
    this(town, new TelegramApp(chromium.context(390, 844), false));
  }

  private SitePage(Town town, TelegramApp app) {
    this.town = town;
    this.app = app;
    app.page().setDefaultTimeout((double) Await.PATIENCE.toMillis());
    app.page().onRequest((Request request) -> addresses.add(request.url()));
  }

  /// On a computer's screen.
  static SitePage wide(Town town, Chromium chromium) {
    return new SitePage(town, new TelegramApp(chromium.context(1280, 800), false));
  }

  /// Another tab of the same browser.
  SitePage tab() {
    return new SitePage(town, new TelegramApp(app.page().context(), false));
  }

  SitePage open(String path) {
    app.open(town.baseUrl().resolve(path).toString());
    return this;
  }

  /// Gives the number and waits until a code is asked for.
  SitePage askForCode(String phone) {
    giveNumber(phone);
    says("h1", "Введите код из Telegram");
    return this;
  }

  void giveNumber(String phone) {
    open("/login/phone");
    app.see("#phone").fill(phone);
    press("Продолжить");
  }

  /// A full code is sent without pressing anything.
  void typeCode(String code) {
    app.see("#code").pressSequentially(code);
  }

  void type(String field, String text) {
    app.see(field).fill(text);
  }

  String text(String selector) {
    return app.text(selector);
  }

  /// What the button that opens the bot ends with.
  String botParameter() {
    var link = app.see("a.btn-primary[href*='?start=']").getAttribute("href");
    return link.substring(link.indexOf("?start=") + 7);
  }

  void typePassword(String password) {
    app.see("#password").fill(password);
    press("Подтвердить");
  }

  void fill(String field, String text) {
    app.see(field).fill(text);
  }

  /// The number that the person picks in the bot.
  String number() {
    return app.see(".ask-number").textContent().strip();
  }

  /// What the bot's link on the page ends with.
  String startParameter() {
    var link = app.see(".ask-foot a.btn-secondary").getAttribute("href");
    return link.substring(link.indexOf("?start=") + 7);
  }

  void press(String button) {
    app.see("button:has-text('" + button + "')").click();
  }

  /// What a phone's camera reads from the screen.
  Optional<String> scanned() {
    return QrReader.read(app.screenshot());
  }

  /// Opens what is folded away under these words.
  void unfold(String words) {
    app.see("summary:has-text('" + words + "')").click();
  }

  void click(String selector) {
    app.see(selector).click();
  }

  /// Waits until nothing like this is to be seen.
  void gone(String selector) {
    app.page()
        .locator(selector)
        .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN));
  }

  int count(String selector) {
    return app.page().locator(selector).count();
  }

  String attribute(String selector, String name) {
    return app.see(selector).getAttribute(name);
  }

  String address() {
    return app.page().url();
  }

  /// What of the page is outside of its window.
  List<String> outside() {
    var found =
        app.page()
            .evaluate(
                """
                () => {
                  const edge = document.documentElement.clientWidth;
                  if (document.documentElement.scrollWidth <= edge) return [];
                  return [...document.querySelectorAll('body *')]
                    .filter((part) => part.getBoundingClientRect().right > edge)
                    .map((part) => part.outerHTML.slice(0, 80));
                }
                """);
    return ((List<?>) found).stream().map(String::valueOf).toList();
  }

  byte[] screenshot() {
    return app.screenshot();
  }

  /// While this runs there is no network.
  void offlineWhile(Runnable meanwhile) {
    app.page().context().setOffline(true);
    meanwhile.run();
    app.page().context().setOffline(false);
  }

  /// While this runs the laptop sleeps: there is no network, and nothing goes on in the page.
  void asleepWhile(Runnable meanwhile) {
    var devTools = app.page().context().newCDPSession(app.page());
    offlineWhile(() -> {
      become(devTools, "frozen");
      meanwhile.run();
    });
    become(devTools, "active");
    devTools.detach();
  }

  private static void become(CDPSession devTools, String state) {
    var wanted = new JsonObject();
    wanted.addProperty("state", state);
    devTools.send("Page.setWebLifecycleState", wanted);
  }

  void sendCodeWithoutWaiting(String code) {
    app.page()
        .evaluate(
            """
            code => {
              const form = document.getElementById('code-form');
              form.elements.code.value = code;
              setTimeout(() => form.requestSubmit(), 0);
            }
            """,
            code);
  }

  /// Goes away; what was being answered is never read.
  void leave() {
    app.open("about:blank");
  }

  void reload() {
    app.page().reload();
  }

  void back() {
    app.page().goBack();
  }

  void says(String selector, String text) {
    app.says(selector, text);
  }

  boolean hasCookie(String name) {
    return app.page().context().cookies().stream().anyMatch(cookie -> cookie.name.equals(name));
  }

  /// Every address that the browser asked for.
  List<String> addresses() {
    return List.copyOf(addresses);
  }

  List<String> complaints() {
    return app.complaints();
  }

  @Override
  public void close() {
    app.close();
  }
}
