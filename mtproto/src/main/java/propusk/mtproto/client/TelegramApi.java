package propusk.mtproto.client;

import propusk.domain.seal.Secret;

/// Our registration as a Telegram application: see
/// [api_id](https://core.telegram.org/api/obtaining_api_id).
public record TelegramApi(int id, Secret hash) {}
