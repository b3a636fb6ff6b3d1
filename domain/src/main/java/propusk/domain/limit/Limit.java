package propusk.domain.limit;

import java.time.Duration;

/// Every rate limit of the product in one table.
public enum Limit {
  /// Wrong invite codes sent by one Telegram id.
  INVITE_GUESS_PER_PERSON("invite_guess_person", 10, Duration.ofHours(1)),
  /// Wrong invite codes sent by all together: 60 random bits stay out of reach for ever.
  INVITE_GUESS_GLOBAL("invite_guess_global", 1_000, Duration.ofHours(1)),
  /// Login codes asked of Telegram for one phone number: nobody's phone may be filled with them.
  CODE_PER_NUMBER("code_number", 5, Duration.ofHours(1)),
  /// Login codes asked for by one address, whatever the numbers.
  CODE_PER_ADDRESS("code_address", 20, Duration.ofHours(1)),
  /// Login codes asked for by all together: beyond it Telegram would close our application's key.
  CODE_GLOBAL("code_global", 1_000, Duration.ofHours(1)),
  /// Login codes typed for one phone number, right or wrong.
  CODE_TRY_PER_NUMBER("code_try_number", 10, Duration.ofHours(1)),
  /// Login codes typed by one address.
  CODE_TRY_PER_ADDRESS("code_try_address", 40, Duration.ofHours(1)),
  /// Login codes typed by all together.
  CODE_TRY_GLOBAL("code_try_global", 3_000, Duration.ofHours(1)),
  /// Registrations begun by one address.
  REGISTER_PER_ADDRESS("register_address", 20, Duration.ofHours(1)),
  /// Registrations begun by all together.
  REGISTER_GLOBAL("register_global", 3_000, Duration.ofHours(1)),
  /// Registration codes sent to one person: nobody's chat may be filled with them.
  REGISTER_CODE_PER_PERSON("register_code_person", 10, Duration.ofHours(1)),
  /// Registration codes typed by one address, right or wrong: each of them also has five tries.
  REGISTER_TRY_PER_ADDRESS("register_try_address", 60, Duration.ofHours(1)),
  /// Registration codes typed by all together.
  REGISTER_TRY_GLOBAL("register_try_global", 10_000, Duration.ofHours(1)),
  /// Wrong page codes typed in one browser.
  PAGE_CODE_GUESS_PER_BROWSER("page_code_guess_browser", 5, Duration.ofMinutes(15)),
  /// Wrong page codes from one address.
  PAGE_CODE_GUESS_PER_ADDRESS("page_code_guess_address", 30, Duration.ofHours(1)),
  /// Wrong page codes of all together: a code has 30 random bits and lives for minutes.
  PAGE_CODE_GUESS_GLOBAL("page_code_guess_global", 1_000, Duration.ofHours(1)),
  /// Questions in the bot whether a browser may enter, about one phone number, known or not.
  APPROVAL_PER_NUMBER("approval_number", 3, Duration.ofHours(1)),
  /// Such questions asked for by one address, whatever the numbers.
  APPROVAL_PER_ADDRESS("approval_address", 30, Duration.ofHours(1)),
  /// Such questions of all together.
  APPROVAL_GLOBAL("approval_global", 3_000, Duration.ofHours(1)),
  /// Sign-ins begun by one address: a whole hall behind one may open the same page.
  SIGN_IN_PER_ADDRESS("sign_in_address", 300, Duration.ofMinutes(10)),
  /// Login Widget results brought by one address.
  WIDGET_PER_ADDRESS("widget_address", 60, Duration.ofMinutes(10)),
  /// Wrong service keys shown by one address.
  KEY_GUESS_PER_ADDRESS("key_guess_address", 30, Duration.ofHours(1)),
  /// Wrong one-time codes of other sites' pages, by service key.
  SITE_CODE_GUESS_PER_KEY("site_code_guess_key", 300, Duration.ofMinutes(10)),
  /// Sign-in codes brought and registration codes asked for with one service key, right or wrong:
  /// fewer than all together have, since whoever has a key makes up people as they like.
  CODE_PER_KEY("code_key", 1_000, Duration.ofHours(1)),
  /// Sign-in codes typed to the bot by one Telegram id.
  SIGN_IN_CODE_PER_PERSON("sign_in_code_person", 5, Duration.ofMinutes(10)),
  /// Sign-in codes typed to the bot by all together: a code has 40 random bits and lives for
  /// minutes.
  SIGN_IN_CODE_GLOBAL("sign_in_code_global", 3_000, Duration.ofHours(1));

  private final String id;
  private final int amount;
  private final Duration window;

  Limit(String id, int amount, Duration window) {
    this.id = id;
    this.amount = amount;
    this.window = window;
  }

  /// The name in the database.
  String id() {
    return id;
  }

  /// How many in one window.
  public int amount() {
    return amount;
  }

  /// A window starts with the first use and lasts this long.
  public Duration window() {
    return window;
  }
}
