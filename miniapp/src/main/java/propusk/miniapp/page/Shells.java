package propusk.miniapp.page;

import io.javalin.http.Context;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import propusk.domain.account.Language;
import propusk.domain.text.Messages;
import propusk.miniapp.edge.Assets;
import propusk.miniapp.edge.Cookies;

/// Makes page frames: the right language, the assets' current names.
public final class Shells {
  private static final int MAX_HEADER = 200;

  private final Messages messages;
  private final Assets assets;

  public Shells(Messages messages, Assets assets) {
    this.messages = messages;
    this.assets = assets;
  }

  /// A page inside Telegram.
  public Shell shell(Language language, Optional<String> script) {
    return shell(
        language,
        List.of("tokens.css", "base.css", "pass.css", "parts.css", "qr-auth.css"),
        script);
  }

  /// The home inside Telegram.
  public Shell home(Language language, Optional<String> script) {
    return shell(
        language,
        List.of("tokens.css", "base.css", "parts.css", "qr-auth.css", "account.css", "home.css"),
        script);
  }

  /// A page of the website that shows a login.
  public Shell connect(Language language, String script) {
    return shell(
        language,
        List.of("tokens.css", "base.css", "pass.css", "parts.css", "site.css", "connect.css"),
        Optional.of(script));
  }

  /// A page of the website where somebody signs in.
  public Shell signIn(Language language, String script) {
    return shell(
        language,
        List.of("tokens.css", "base.css", "pass.css", "parts.css", "site.css", "signin.css"),
        Optional.of(script));
  }

  /// A page of the website.
  public Shell site(Language language, Optional<String> script) {
    return shell(
        language, List.of("tokens.css", "base.css", "pass.css", "parts.css", "site.css"), script);
  }

  /// A page of the website that shows a person their account.
  public Shell account(Language language, Optional<String> script) {
    return shell(
        language,
        List.of("tokens.css", "base.css", "parts.css", "site.css", "account.css"),
        script);
  }

  /// Our texts in this language.
  public Words words(Language language) {
    return new Words(language, messages);
  }

  private Shell shell(Language language, List<String> styles, Optional<String> script) {
    return new Shell(
        words(language),
        styles.stream().map(assets::path).toList(),
        script.map(assets::path),
        assets.path("mark.svg"));
  }

  /// What the browser prefers of the languages we have; English when it says nothing we know.
  public static Language language(Context ctx) {
    return language(ctx.header("Accept-Language"));
  }

  /// The same on the website, where a person may also choose: `?lang=ru`, remembered in a cookie.
  public static Language siteLanguage(Context ctx) {
    return siteLanguage(ctx, Optional.empty());
  }

  /// The same on a page that belongs to somebody: theirs, unless another one was chosen.
  public static Language siteLanguage(Context ctx, Optional<Language> owner) {
    var chosen = Optional.ofNullable(ctx.queryParam("lang")).filter(Shells::isLanguage);
    chosen.ifPresent(code -> Cookies.set(ctx, Cookies.LANGUAGE, code));
    return chosen
        .or(() -> Cookies.find(ctx, Cookies.LANGUAGE).filter(Shells::isLanguage))
        .map(Language::of)
        .or(() -> owner)
        .orElseGet(() -> language(ctx));
  }

  private static boolean isLanguage(String code) {
    return Arrays.stream(Language.values()).anyMatch(known -> known.code().equals(code));
  }

  static Language language(@Nullable String acceptLanguage) {
    if (acceptLanguage == null || acceptLanguage.length() > MAX_HEADER) {
      return Language.EN;
    }
    try {
      return Locale.LanguageRange.parse(acceptLanguage).stream()
          .map(Locale.LanguageRange::getRange)
          .filter(range -> range.startsWith("ru") || range.startsWith("en"))
          .findFirst()
          .map(Language::of)
          .orElse(Language.EN);
    } catch (IllegalArgumentException e) {
      return Language.EN;
    }
  }
}
