package propusk.app.config;

import java.nio.file.Path;
import propusk.mtproto.client.TelegramApi;
import propusk.mtproto.client.TelegramServers;

/// How TDLib presents itself, where to, and where it keeps a login in progress.
public record MtprotoConfig(TelegramApi api, TelegramServers servers, Path stateDirectory) {}
