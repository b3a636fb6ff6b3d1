package propusk.miniapp;

import java.net.URI;
import java.util.List;
import propusk.domain.seal.Tokens;
import propusk.domain.text.Messages;
import propusk.domain.usage.Usage;
import propusk.miniapp.MiniAppConfig.Bot;
import propusk.miniapp.account.AccountViews;
import propusk.miniapp.device.RememberedBrowsers;
import propusk.miniapp.edge.Assets;
import propusk.miniapp.edge.ClientAddresses;
import propusk.miniapp.edge.KeyDoor;
import propusk.miniapp.edge.Origins;
import propusk.miniapp.edge.Problems;
import propusk.miniapp.initdata.InitDataCheck;
import propusk.miniapp.initdata.Launches;
import propusk.miniapp.page.Shells;
import propusk.miniapp.page.Templates;
import propusk.miniapp.push.Push;
import propusk.miniapp.qr.QrImages;
import propusk.miniapp.qrauth.EndWords;
import propusk.miniapp.qrauth.LoginViews;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/// What all features stand on: what the caller gave, and what is made of it once.
public record Ground(
    MiniAppDependencies given,
    Bots bots,
    ObjectMapper json,
    Tokens tokens,
    ClientAddresses addresses,
    KeyDoor keys,
    Origins origins,
    Problems problems,
    Push push,
    Shells shells,
    Templates templates,
    Launches launches,
    RememberedBrowsers remembered,
    AccountViews accountViews,
    LoginViews loginViews) {
  private static final int KEPT_IMAGES = 2_000;

  static Ground of(MiniAppDependencies given, Assets assets) {
    var config = given.config();
    var bots = new Bots(config);
    var addresses = new ClientAddresses(config.trustedProxies());
    var json = JsonMapper.builder().build();
    var messages = new Messages("propusk.miniapp.messages", Ground.class.getClassLoader());
    return new Ground(
        given,
        bots,
        json,
        new Tokens(given.random()),
        addresses,
        new KeyDoor(given.jdbi(), given.serviceKeys(), given.limits(), addresses, given.clock()),
        new Origins(config.baseUrl(), config.allowedOrigins()),
        new Problems(json),
        new Push(given.nanoTime()),
        new Shells(messages, assets),
        new Templates(),
        new Launches(
            new InitDataCheck(json, given.clock()), bots.keys(_ -> true), bots.keys(Bot::ours)),
        new RememberedBrowsers(given.jdbi(), given.devices()),
        accountViews(given),
        new LoginViews(
            json,
            new QrImages(KEPT_IMAGES),
            new EndWords(messages),
            given.clock(),
            config.baseUrl()));
  }

  public MiniAppConfig config() {
    return given.config();
  }

  public URI baseUrl() {
    return config().baseUrl();
  }

  /// Origins among the frame ancestors: those may also talk to the page.
  public List<String> parents() {
    var own = Origins.origin(baseUrl());
    return config().frameAncestors().stream()
        .map(source -> source.equals("'self'") ? own : source)
        .filter(source -> source.startsWith("http"))
        .toList();
  }

  private static AccountViews accountViews(MiniAppDependencies given) {
    return new AccountViews(
        given.accounts(),
        given.subscriptions(),
        new Usage(given.clock()),
        given.telegramSessions(),
        given.webSessions(),
        given.devices(),
        given.deletions(),
        given.clock());
  }
}
