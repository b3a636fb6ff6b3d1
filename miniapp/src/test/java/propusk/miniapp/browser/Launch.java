package propusk.miniapp.browser;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLEncoder;
import propusk.domain.login.Login;

/// How a Telegram app opens the Mini App: the page's address with the launch in its fragment.
///
/// @param initData empty for an ordinary browser
/// @param platform as Telegram's apps name theirs: `tdesktop`, `android`, `ios`
/// @param theme the app's colours
public record Launch(String initData, String platform, Theme theme) {

  /// Colours of real Telegram apps, and none at all.
  public enum Theme {
    LIGHT(
        """
        {"bg_color":"#ffffff","secondary_bg_color":"#f1f1f1","section_bg_color":"#ffffff",\
        "text_color":"#000000","hint_color":"#999999","link_color":"#168acd",\
        "button_color":"#40a7e3","button_text_color":"#ffffff","accent_text_color":"#168acd"}\
        """),
    DARK(
        """
        {"bg_color":"#17212b","secondary_bg_color":"#232e3c","section_bg_color":"#17212b",\
        "text_color":"#f5f5f5","hint_color":"#708499","link_color":"#6ab3f3",\
        "button_color":"#5288c1","button_text_color":"#ffffff","accent_text_color":"#6ab2f2"}\
        """),
    NONE("");

    private final String json;

    Theme(String json) {
      this.json = json;
    }
  }

  public String url(URI base, Login login) {
    return url(base, login.id().value());
  }

  public String url(URI base, String session) {
    var page = base + "/qr-auth?session_id=" + session;
    return initData.isEmpty() ? page : page + "#" + fragment();
  }

  /// The home, as the button beside the text field opens it.
  public String home(URI base) {
    var page = base + "/app";
    return initData.isEmpty() ? page : page + "#" + fragment();
  }

  private String fragment() {
    var launch =
        "tgWebAppData=" + encode(initData) + "&tgWebAppVersion=8.0&tgWebAppPlatform=" + platform;
    return theme.json.isEmpty() ? launch : launch + "&tgWebAppThemeParams=" + encode(theme.json);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }
}
