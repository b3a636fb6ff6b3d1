package propusk.miniapp.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// A Telegram app as our page meets it: a web view with Telegram's native proxy, which keeps what
/// the page sends.
public final class TelegramApp implements AutoCloseable {
  private static final String PROXY =
      """
      window.heard = [];
      window.TelegramWebviewProxy = { postEvent(type, data) { window.heard.push([type, data]); } };
      """;

  private final BrowserContext context;
  private final Page page;
  private final List<String> complaints = Collections.synchronizedList(new ArrayList<>());

  public TelegramApp(BrowserContext context, boolean inTelegram) {
    this.context = context;
    page = context.newPage();
    page.setDefaultTimeout(60_000);
    if (inTelegram) {
      page.addInitScript(PROXY);
    }
    page.onConsoleMessage(message -> {
      if (message.type().equals("error") && !message.text().contains("Failed to load resource")) {
        complaints.add(message.text());
      }
    });
    page.onPageError(complaints::add);
  }

  public TelegramApp open(String url) {
    page.navigate(url);
    return this;
  }

  public Page page() {
    return page;
  }

  public Locator see(String selector) {
    var locator = page.locator(selector);
    locator.waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.VISIBLE));
    return locator;
  }

  public String text(String selector) {
    return see(selector).innerText();
  }

  /// Waits until an element says this.
  public void says(String selector, String text) {
    see(selector)
        .filter(new Locator.FilterOptions().setHasText(text))
        .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.VISIBLE));
  }

  /// Whether the page has told the app this.
  public void hears(String type) {
    await("type => window.heard.some(([heard]) => heard === type)", type);
  }

  /// Waits until a script says true. Our CSP allows no eval in the page, so the waiting is done
  /// here.
  public void await(String script, String argument) {
    for (int tries = 0; tries < 300; tries++) {
      if (Boolean.TRUE.equals(page.evaluate(script, argument))) {
        return;
      }
      page.waitForTimeout(50);
    }
    throw new AssertionError("never true: " + script + " " + argument);
  }

  public String dataOf(String type) {
    return String.valueOf(
        page.evaluate(
            "type => window.heard.filter(([heard]) => heard === type).at(-1)?.[1]", type));
  }

  public void tells(String type, String json) {
    page.evaluate(
        "([type, data]) => Telegram.WebView.receiveEvent(type, JSON.parse(data))",
        List.of(type, json));
  }

  public byte[] screenshot() {
    return page.screenshot(new Page.ScreenshotOptions().setFullPage(true));
  }

  public void screenshot(Path file) {
    page.screenshot(new Page.ScreenshotOptions().setFullPage(true).setPath(file));
  }

  /// Script errors and refusals of our own CSP: there must be none.
  public List<String> complaints() {
    return List.copyOf(complaints);
  }

  @Override
  public void close() {
    context.close();
  }
}
