package propusk.miniapp.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// Takes pictures of the website's pages, and of Telegram's beside them, in a Chromium of its own.
public final class Camera implements AutoCloseable {
  private final Chromium chromium = new Chromium();
  private final Path directory = directory();
  private final URI base;

  /// Where a picture is taken.
  public enum Frame {
    PHONE_LIGHT(390, 844, false),
    PHONE_DARK(390, 844, true),
    WIDE_LIGHT(1280, 800, false),
    WIDE_DARK(1280, 800, true),
    NARROW_LIGHT(320, 568, false);

    private final int width;
    private final int height;
    private final boolean dark;

    Frame(int width, int height, boolean dark) {
      this.width = width;
      this.height = height;
      this.dark = dark;
    }

    /// In CSS pixels.
    public int width() {
      return width;
    }

    public boolean dark() {
      return dark;
    }
  }

  /// @param base where the website is
  public Camera(URI base) {
    this.base = base;
  }

  /// Where `-Dscreenshots` wants pictures, or `target/screenshots`.
  public static Path directory() {
    try {
      return Files.createDirectories(
          Path.of(System.getProperty("screenshots", "target/screenshots")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A fresh browser.
  public TelegramApp browser(Frame frame) {
    return new TelegramApp(chromium.context(frame.width, frame.height, frame.dark), false);
  }

  /// Telegram on a phone; what it opens says in which theme.
  TelegramApp phone() {
    return new TelegramApp(chromium.context(390, 844), true);
  }

  /// A fresh browser, with this page.
  public TelegramApp open(Frame frame, String path) {
    var app = browser(frame);
    app.open(base.resolve(path).toString());
    return app;
  }

  /// The whole page.
  public void take(TelegramApp app, String state, Frame frame) {
    app.screenshot(site(state, frame));
  }

  /// The whole page inside Telegram.
  void takeMiniApp(TelegramApp app, String state, Frame frame) {
    app.screenshot(file("miniapp-" + state, frame));
  }

  /// @return `site-login-phone-dark.png`
  public Path site(String state, Frame frame) {
    return file("site-" + state, frame);
  }

  private Path file(String what, Frame frame) {
    var place = frame.name().toLowerCase(Locale.ROOT).replace('_', '-');
    return directory.resolve(what + "-" + place + ".png");
  }

  @Override
  public void close() {
    chromium.close();
  }
}
