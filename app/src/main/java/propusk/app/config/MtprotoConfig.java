package propusk.app.config;

import java.nio.file.Path;
import propusk.mtproto.client.TelegramApi;
import propusk.mtproto.client.TelegramServers;
import propusk.mtproto.login.LoginRules;

/// How TDLib presents itself, where to, how many logins it runs, and where it keeps them while they
/// are in progress.
public record MtprotoConfig(
    TelegramApi api, TelegramServers servers, LoginRules rules, Path stateDirectory) {}
