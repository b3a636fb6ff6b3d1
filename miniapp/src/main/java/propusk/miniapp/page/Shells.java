package propusk.miniapp.page;

import io.javalin.http.Context;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import propusk.domain.account.Language;
import propusk.domain.text.Messages;
import propusk.miniapp.edge.Assets;

/// Makes page frames: the right language, the assets' current names.
public final class Shells {
  private static final int MAX_HEADER = 200;

  private final Messages messages;
  private final Assets assets;

  public Shells(Messages messages, Assets assets) {
    this.messages = messages;
    this.assets = assets;
  }

  public Shell shell(Language language, Optional<String> script) {
    return new Shell(
        new Words(language, messages),
        List.of("tokens.css", "base.css", "pass.css", "parts.css", "qr-auth.css").stream()
            .map(assets::path)
            .toList(),
        script.map(assets::path),
        assets.path("mark.svg"));
  }

  /// What the browser prefers of the languages we have; English when it says nothing we know.
  public static Language language(Context ctx) {
    return language(ctx.header("Accept-Language"));
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
