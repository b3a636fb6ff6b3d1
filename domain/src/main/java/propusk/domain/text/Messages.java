package propusk.domain.text;

import com.ibm.icu.text.MessageFormat;
import java.util.EnumMap;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import propusk.domain.account.Language;

/// A module's texts from its `messages_ru.properties` and `messages_en.properties`, each text an
/// ICU message pattern: [ICU
/// MessageFormat](https://unicode-org.github.io/icu/userguide/format_parse/messages/) with plurals.
/// Safe for use by many threads.
public final class Messages {
  private final Map<Language, ResourceBundle> bundles = new EnumMap<>(Language.class);
  private final Map<String, MessageFormat> formats = new ConcurrentHashMap<>();

  /// @param bundle the bundle's base name, such as `propusk.bot.messages`
  public Messages(String bundle, ClassLoader loader) {
    for (var language : Language.values()) {
      var control =
          ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);
      bundles.put(language, ResourceBundle.getBundle(bundle, language.locale(), loader, control));
    }
  }

  /// The text for this key, its `{name}` places filled from `values`.
  ///
  /// @throws java.util.MissingResourceException when there is no such key
  public String say(Language language, String key, Map<String, ?> values) {
    var format = formats.computeIfAbsent(language.code() + '/' + key, _ -> format(language, key));
    // A MessageFormat is not safe for many threads; formatting a copy is.
    return format.clone().format(values);
  }

  public String say(Language language, String key) {
    return say(language, key, Map.of());
  }

  /// All keys of a language: a test compares them.
  public Set<String> keys(Language language) {
    return bundle(language).keySet();
  }

  private MessageFormat format(Language language, String key) {
    return new MessageFormat(bundle(language).getString(key), language.locale());
  }

  private ResourceBundle bundle(Language language) {
    var bundle = bundles.get(language);
    if (bundle == null) {
      throw new AssertionError("every language has a bundle");
    }
    return bundle;
  }
}
