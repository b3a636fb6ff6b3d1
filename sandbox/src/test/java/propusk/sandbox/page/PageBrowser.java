package propusk.sandbox.page;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Debian's Chromium by Playwright, and what went wrong on its pages.
final class PageBrowser implements AutoCloseable {
  private static final List<String> FLAGS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  private final Playwright playwright;
  private final Browser browser;
  private final List<String> troubles = new ArrayList<>();

  PageBrowser() {
    this.playwright =
        Playwright.create(
            new Playwright.CreateOptions()
                .setEnv(
                    Map.of(
                        "PLAYWRIGHT_NODEJS_PATH", "/usr/bin/node",
                        "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    this.browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(Path.of("/usr/bin/chromium"))
                    .setArgs(FLAGS));
  }

  /// Opens the sandbox's page and waits until it has drawn everything.
  Page open(URI url, int width, int height, String locale) {
    var page =
        browser.newPage(
            new Browser.NewPageOptions().setViewportSize(width, height).setLocale(locale));
    page.onPageError(troubles::add);
    page.onConsoleMessage(message -> {
      if (message.type().equals("error") && !message.text().contains("status of 422")) {
        troubles.add(message.text());
      }
    });
    page.navigate(url.toString());
    page.waitForSelector("body[data-ready]");
    return page;
  }

  /// Closes every page.
  ///
  /// @return script errors and broken policies since the last call; that a link is refused is none
  List<String> closePages() {
    browser.contexts().forEach(BrowserContext::close);
    var since = List.copyOf(troubles);
    troubles.clear();
    return since;
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
