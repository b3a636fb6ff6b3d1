package propusk.app.config;

import static propusk.app.config.Role.MIGRATE;
import static propusk.app.config.Role.OPERATOR;
import static propusk.app.config.Role.WEB;
import static propusk.app.config.Role.WORKER;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Every setting there is, as `PROPUSK_` and its name in the environment; a secret also as a file
/// named by `…_FILE`.
///
/// A process is given only what its role uses: the vault's key never reaches the web process.
public enum Setting {
  DATABASE_URL(Form.DATABASE, true, null, WEB, WORKER, MIGRATE, OPERATOR),
  STATE_DIR(Form.TEXT, false, null, WEB, WORKER),
  SECRET_KEY(Form.KEY, true, null, WEB, WORKER, OPERATOR),
  VAULT_KEY(Form.KEY, true, null, WORKER),
  BASE_URL(Form.URL, false, null, WEB),
  PORT(Form.PORT, false, "8080", WEB),
  OPS_PORT(Form.PORT, false, "9090", WEB, WORKER),
  FRAME_ANCESTORS(Form.LIST, false, null, WEB),
  ALLOWED_ORIGINS(Form.LIST, false, null, WEB),
  TRUSTED_PROXIES(Form.NETWORKS, false, null, WEB),
  BOT_TOKEN(Form.BOT_TOKEN, true, null, WEB),
  BOT_USERNAME(Form.TEXT, false, null, WEB),
  BOT_API_URL(Form.URL, false, "https://api.telegram.org", WEB, OPERATOR),
  UPDATES(Form.UPDATES, false, "poll", WEB),
  WEBHOOK_SECRET(Form.TELEGRAM_SECRET, true, null, WEB),
  CRON_SECRET(Form.TEXT, true, null, WEB),
  ADMINS(Form.TELEGRAM_IDS, false, null, WEB),
  TELEGRAM_LINK_BASE(Form.URL, false, "https://t.me", WEB),
  TELEGRAM_OAUTH_BASE(Form.URL, false, "https://oauth.telegram.org", WEB),
  API_ID(Form.NUMBER, false, null, WORKER),
  API_HASH(Form.TEXT, true, null, WORKER),
  PASSWORD_PAGES(Form.SWITCH, false, "on", WEB, WORKER),
  LOGINS_AT_ONCE(Form.COUNT, false, "1000", WORKER),
  SANDBOX(Form.SWITCH, false, "off", WEB, WORKER),
  SANDBOX_DC(Form.ADDRESS, false, null, WORKER),
  SANDBOX_DC_KEY(Form.TEXT, true, null, WORKER),
  SANDBOX_DC_SECRET(Form.TEXT, true, null, WORKER);

  static final String PREFIX = "PROPUSK_";

  private final Form form;
  private final boolean secret;
  private final Optional<String> byDefault;

  @SuppressWarnings("ImmutableEnumChecker") // Set.of is immutable
  private final Set<Role> users;

  Setting(Form form, boolean secret, @Nullable String byDefault, Role... users) {
    this.form = form;
    this.secret = secret;
    this.byDefault = Optional.ofNullable(byDefault);
    this.users = Set.of(users);
  }

  /// The name in the environment. Whoever runs cron jobs for several programs has one CRON_SECRET.
  public String variable() {
    return this == CRON_SECRET ? name() : PREFIX + name();
  }

  /// The name under which the environment names a file that holds the value.
  public String fileVariable() {
    return variable() + "_FILE";
  }

  public boolean secret() {
    return secret;
  }

  public boolean usedBy(Role role) {
    return users.contains(role);
  }

  Form form() {
    return form;
  }

  Optional<String> byDefault() {
    return byDefault;
  }
}
