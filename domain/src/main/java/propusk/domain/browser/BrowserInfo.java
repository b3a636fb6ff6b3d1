package propusk.domain.browser;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/// What a browser says of itself, to be shown to a person who may know it again: "Chrome on
/// Windows". Never trusted.
///
/// @param browser its family, such as `Chrome`
/// @param system what it runs on, such as `Windows`
public record BrowserInfo(
    Optional<String> browser, Optional<String> system, Optional<InetAddress> ip) {

  // The order matters: most browsers also name the older ones whose pages they want.
  private static final List<Mark> BROWSERS =
      List.of(
          new Mark("YaBrowser/", "Yandex"),
          new Mark("Edg", "Edge"),
          new Mark("OPR/", "Opera"),
          new Mark("SamsungBrowser/", "Samsung Internet"),
          new Mark("Vivaldi/", "Vivaldi"),
          new Mark("Firefox/", "Firefox"),
          new Mark("FxiOS/", "Firefox"),
          new Mark("CriOS/", "Chrome"),
          new Mark("HeadlessChrome/", "Chrome"),
          new Mark("Chrome/", "Chrome"),
          new Mark("Safari/", "Safari"));
  private static final List<Mark> SYSTEMS =
      List.of(
          new Mark("iPhone", "iPhone"),
          new Mark("iPad", "iPad"),
          new Mark("Android", "Android"),
          new Mark("CrOS", "ChromeOS"),
          new Mark("Windows", "Windows"),
          new Mark("Macintosh", "macOS"),
          new Mark("Linux", "Linux"));

  private record Mark(String in, String name) {}

  /// Reads a User-Agent header; what it does not know stays empty.
  public static BrowserInfo of(Optional<String> userAgent, Optional<InetAddress> ip) {
    return new BrowserInfo(
        userAgent.flatMap(header -> name(BROWSERS, header)),
        userAgent.flatMap(header -> name(SYSTEMS, header)),
        ip);
  }

  private static Optional<String> name(List<Mark> marks, String header) {
    return marks.stream().filter(mark -> header.contains(mark.in())).map(Mark::name).findFirst();
  }
}
