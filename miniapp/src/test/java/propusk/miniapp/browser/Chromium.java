package propusk.miniapp.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The machine's own Chromium, driven by the machine's own node.
public final class Chromium implements AutoCloseable {
  private final Playwright playwright;
  private final Browser browser;

  public Chromium() {
    var env = new HashMap<>(System.getenv());
    env.putIfAbsent("PLAYWRIGHT_NODEJS_PATH", "/usr/bin/node");
    env.put("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    playwright = Playwright.create(new Playwright.CreateOptions().setEnv(Map.copyOf(env)));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(Path.of("/usr/bin/chromium"))
                    .setArgs(
                        List.of(
                            "--headless",
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-quic",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            // Pages of other sites are played here; ours is on loopback.
                            "--disable-features=LocalNetworkAccessChecks",
                            "--disable-sync")));
  }

  /// A fresh profile whose screen is so many CSS pixels wide and high.
  public BrowserContext context(int width, int height) {
    return context(width, height, false);
  }

  /// The same, of a person who likes pages dark or light.
  public BrowserContext context(int width, int height, boolean dark) {
    return browser.newContext(
        new Browser.NewContextOptions()
            .setViewportSize(width, height)
            .setDeviceScaleFactor(2)
            .setColorScheme(dark ? ColorScheme.DARK : ColorScheme.LIGHT)
            .setLocale("ru-RU")
            .setTimezoneId("Europe/Moscow"));
  }

  /// A profile that runs no scripts.
  public BrowserContext withoutScripts() {
    return browser.newContext(
        new Browser.NewContextOptions().setLocale("ru-RU").setJavaScriptEnabled(false));
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
