package propusk.mtproto.vault;

import propusk.mtproto.client.TelegramClient;

/// What is done with an open session. Every request in it has its own deadline.
@FunctionalInterface
public interface VaultWork<R> {
  R with(TelegramClient client) throws InterruptedException;
}
