package propusk.app.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import propusk.app.config.MtprotoConfig.SandboxDataCentre;
import propusk.domain.seal.Secret;

/// The configuration of each role, built once from the environment.
public final class Config {
  private Config() {}

  /// @param secretKey seals what crosses between web and worker, and keys the hashes of codes
  public record Web(
      DatabaseConfig database,
      Secret secretKey,
      BotConfig bot,
      MiniAppConfig miniApp,
      int opsPort) {}

  /// @param vaultKey wraps the keys of saved sessions; only workers have it
  public record Worker(
      DatabaseConfig database,
      Secret secretKey,
      Secret vaultKey,
      MtprotoConfig mtproto,
      int opsPort) {}

  /// For commands that work on the database alone.
  public record Operator(DatabaseConfig database, Secret secretKey) {}

  public static Web web(Map<String, String> variables) {
    var settings = Environment.read(variables, required(Role.WEB, variables));
    return new Web(
        database(settings),
        secret(settings, Setting.SECRET_KEY),
        bot(settings),
        miniApp(settings),
        settings.number(Setting.OPS_PORT));
  }

  public static Worker worker(Map<String, String> variables) {
    var settings = Environment.read(variables, required(Role.WORKER, variables));
    return new Worker(
        database(settings),
        secret(settings, Setting.SECRET_KEY),
        secret(settings, Setting.VAULT_KEY),
        mtproto(settings),
        settings.number(Setting.OPS_PORT));
  }

  public static DatabaseConfig migrate(Map<String, String> variables) {
    return database(Environment.read(variables, required(Role.MIGRATE, variables)));
  }

  public static Operator operator(Map<String, String> variables) {
    var settings = Environment.read(variables, required(Role.INVITE, variables));
    return new Operator(database(settings), secret(settings, Setting.SECRET_KEY));
  }

  /// Checks what these roles together need, before any of them is started.
  public static void check(Map<String, String> variables, Set<Role> roles) {
    var required = EnumSet.noneOf(Setting.class);
    roles.forEach(role -> required.addAll(required(role, variables)));
    Environment.read(variables, required);
  }

  /// The part of an environment that a process of this role is given.
  public static Map<String, String> onlyFor(Role role, Map<String, String> variables) {
    var denied =
        EnumSet.allOf(Setting.class).stream()
            .filter(setting -> !setting.usedBy(role))
            .collect(Collectors.toSet());
    var kept = new TreeMap<>(variables);
    for (var setting : denied) {
      kept.remove(setting.variable());
      kept.remove(setting.fileVariable());
    }
    return kept;
  }

  private static Set<Setting> required(Role role, Map<String, String> variables) {
    var settings =
        switch (role) {
          case WEB ->
              EnumSet.of(
                  Setting.DATABASE_URL,
                  Setting.SECRET_KEY,
                  Setting.BASE_URL,
                  Setting.BOT_TOKEN,
                  Setting.BOT_USERNAME);
          case WORKER ->
              EnumSet.of(
                  Setting.DATABASE_URL,
                  Setting.SECRET_KEY,
                  Setting.VAULT_KEY,
                  Setting.STATE_DIR,
                  Setting.API_ID,
                  Setting.API_HASH);
          case MIGRATE -> EnumSet.of(Setting.DATABASE_URL);
          case INVITE -> EnumSet.of(Setting.DATABASE_URL, Setting.SECRET_KEY);
        };
    if (role == Role.WEB && "webhook".equals(variables.get(Setting.UPDATES.variable()))) {
      settings.add(Setting.WEBHOOK_SECRET);
    }
    if (role == Role.WORKER && "on".equals(variables.get(Setting.SANDBOX.variable()))) {
      settings.addAll(
          EnumSet.of(Setting.SANDBOX_DC, Setting.SANDBOX_DC_KEY, Setting.SANDBOX_DC_SECRET));
    }
    return settings;
  }

  private static DatabaseConfig database(Environment settings) {
    return DatabaseConfig.parse(settings.get(Setting.DATABASE_URL));
  }

  private static BotConfig bot(Environment settings) {
    return new BotConfig(
        secret(settings, Setting.BOT_TOKEN),
        settings.get(Setting.BOT_USERNAME),
        "webhook".equals(settings.get(Setting.UPDATES)),
        settings.find(Setting.WEBHOOK_SECRET).map(Secret::new),
        settings.list(Setting.ADMINS).stream().map(Long::valueOf).collect(Collectors.toSet()),
        URI.create(settings.get(Setting.BOT_API_URL)),
        URI.create(settings.get(Setting.TELEGRAM_LINK_BASE)));
  }

  private static MiniAppConfig miniApp(Environment settings) {
    return new MiniAppConfig(
        URI.create(settings.get(Setting.BASE_URL)),
        settings.number(Setting.PORT),
        settings.list(Setting.TRUSTED_PROXIES),
        settings.list(Setting.FRAME_ANCESTORS),
        settings.list(Setting.ALLOWED_ORIGINS),
        settings.on(Setting.PASSWORD_PAGES),
        settings.find(Setting.CRON_SECRET).map(Secret::new));
  }

  private static MtprotoConfig mtproto(Environment settings) {
    var sandbox =
        settings
            .find(Setting.SANDBOX_DC)
            .filter(_ -> settings.on(Setting.SANDBOX))
            .map(address -> dataCentre(address, settings));
    return new MtprotoConfig(
        settings.number(Setting.API_ID),
        secret(settings, Setting.API_HASH),
        Path.of(settings.get(Setting.STATE_DIR)),
        sandbox);
  }

  private static SandboxDataCentre dataCentre(String address, Environment settings) {
    var colon = address.lastIndexOf(':');
    return new SandboxDataCentre(
        address.substring(0, colon),
        Integer.parseInt(address.substring(colon + 1)),
        secret(settings, Setting.SANDBOX_DC_SECRET),
        settings.get(Setting.SANDBOX_DC_KEY));
  }

  private static Secret secret(Environment settings, Setting setting) {
    return new Secret(settings.get(setting));
  }
}
