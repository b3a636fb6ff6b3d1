package propusk.app.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import propusk.bot.BotConfig;
import propusk.bot.Updates;
import propusk.bot.api.BotAccess;
import propusk.domain.account.TelegramUserId;
import propusk.domain.bot.Bot;
import propusk.domain.seal.Secret;
import propusk.miniapp.MiniAppConfig;
import propusk.miniapp.edge.Network;
import propusk.mtproto.client.TelegramApi;
import propusk.mtproto.client.TelegramServers;
import propusk.mtproto.login.LoginRules;

/// The configuration of each role, built once from the environment.
public final class Config {
  private Config() {}

  /// @param secretKey seals what crosses between web and worker, and keys the hashes of codes
  public record Web(
      DatabaseConfig database,
      Secret secretKey,
      BotConfig bot,
      HttpConfig http,
      MiniAppConfig miniApp,
      int opsPort) {

    /// The same with the bots besides that the database keeps. The configured one stays first.
    public Web with(Map<Bot, Secret> added) {
      var apiUrl = bot.bots().getFirst().apiUrl();
      var access = new ArrayList<>(bot.bots());
      var usernames = new HashMap<>(bot.usernames());
      var ofPages = new LinkedHashMap<>(miniApp.bots());
      added.forEach((each, token) -> {
        if (!ofPages.containsKey(each.id())) {
          access.add(BotAccess.of(token, apiUrl));
          usernames.put(each.id(), each.username());
          ofPages.put(
              each.id(),
              new MiniAppConfig.Bot(each.username(), token, each.organization().isEmpty()));
        }
      });
      return new Web(
          database, secretKey, bot.with(access, usernames), http, miniApp.with(ofPages), opsPort);
    }
  }

  /// @param vaultKey wraps the keys of saved sessions; only workers have it
  public record Worker(
      DatabaseConfig database,
      Secret secretKey,
      Secret vaultKey,
      MtprotoConfig mtproto,
      int opsPort) {}

  /// For commands that work on the database alone.
  ///
  /// @param botApiUrl where a new bot's token is tried
  public record Operator(DatabaseConfig database, Secret secretKey, String botApiUrl) {}

  public static Web web(Map<String, String> variables) {
    var settings = Environment.read(variables, required(Role.WEB, variables));
    return new Web(
        database(settings),
        secret(settings, Setting.SECRET_KEY),
        bot(settings),
        HttpConfig.of(URI.create(settings.get(Setting.BASE_URL)), settings.number(Setting.PORT)),
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
    var settings = Environment.read(variables, required(Role.OPERATOR, variables));
    return new Operator(
        database(settings),
        secret(settings, Setting.SECRET_KEY),
        settings.get(Setting.BOT_API_URL));
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
          case OPERATOR -> EnumSet.of(Setting.DATABASE_URL, Setting.SECRET_KEY);
        };
    if (role == Role.WORKER && "on".equals(variables.get(Setting.SANDBOX.variable()))) {
      settings.addAll(
          EnumSet.of(Setting.SANDBOX_DC, Setting.SANDBOX_DC_KEY, Setting.SANDBOX_DC_SECRET));
    }
    if (role == Role.WEB && "webhook".equals(variables.get(Setting.UPDATES.variable()))) {
      settings.add(Setting.WEBHOOK_SECRET);
    }
    return settings;
  }

  private static DatabaseConfig database(Environment settings) {
    return DatabaseConfig.parse(settings.get(Setting.DATABASE_URL));
  }

  private static BotConfig bot(Environment settings) {
    var access =
        BotAccess.of(secret(settings, Setting.BOT_TOKEN), settings.get(Setting.BOT_API_URL));
    return new BotConfig(
        List.of(access),
        Map.of(access.id(), settings.get(Setting.BOT_USERNAME)),
        settings.get(Setting.BASE_URL),
        settings.get(Setting.UPDATES).equals("webhook")
            ? new Updates.Webhook(secret(settings, Setting.WEBHOOK_SECRET), access.id())
            : new Updates.Poll(),
        settings.find(Setting.CRON_SECRET).map(Secret::new),
        settings.list(Setting.ADMINS).stream()
            .map(id -> new TelegramUserId(Long.parseLong(id)))
            .toList(),
        BotConfig.CHATS_AT_ONCE);
  }

  private static MiniAppConfig miniApp(Environment settings) {
    var token = secret(settings, Setting.BOT_TOKEN);
    var bot = BotAccess.of(token, settings.get(Setting.BOT_API_URL));
    var parents = new ArrayList<>(List.of("https://web.telegram.org"));
    parents.addAll(settings.list(Setting.FRAME_ANCESTORS));
    return new MiniAppConfig(
        URI.create(settings.get(Setting.BASE_URL)),
        URI.create(settings.get(Setting.TELEGRAM_LINK_BASE)),
        URI.create(settings.get(Setting.TELEGRAM_OAUTH_BASE)),
        Map.of(bot.id(), new MiniAppConfig.Bot(settings.get(Setting.BOT_USERNAME), token, true)),
        parents,
        settings.list(Setting.ALLOWED_ORIGINS),
        proxies(settings),
        settings.on(Setting.PASSWORD_PAGES));
  }

  private static List<Network> proxies(Environment settings) {
    return settings.list(Setting.TRUSTED_PROXIES).stream()
        .map(text -> Network.parse(text).orElseThrow())
        .toList();
  }

  private static MtprotoConfig mtproto(Environment settings) {
    return new MtprotoConfig(
        new TelegramApi(settings.number(Setting.API_ID), secret(settings, Setting.API_HASH)),
        servers(settings),
        new LoginRules(
            settings.on(Setting.PASSWORD_PAGES),
            settings.number(Setting.LOGINS_AT_ONCE),
            LoginRules.CLIENTS),
        Path.of(settings.get(Setting.STATE_DIR)));
  }

  private static TelegramServers servers(Environment settings) {
    if (!settings.on(Setting.SANDBOX)) {
      return new TelegramServers.Production();
    }
    var address = settings.get(Setting.SANDBOX_DC);
    var colon = address.lastIndexOf(':');
    return new TelegramServers.Sandbox(
        address.substring(0, colon),
        Integer.parseInt(address.substring(colon + 1)),
        settings.get(Setting.SANDBOX_DC_SECRET),
        settings.get(Setting.SANDBOX_DC_KEY));
  }

  private static Secret secret(Environment settings, Setting setting) {
    return new Secret(settings.get(setting));
  }
}
