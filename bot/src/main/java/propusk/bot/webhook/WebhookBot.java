package propusk.bot.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import propusk.domain.inbox.Inbox;
import propusk.domain.seal.Secret;

/// One bot's place at the door: the secret that Telegram shows for it, and the commit its updates
/// share.
public final class WebhookBot implements AutoCloseable {
  private final byte[] secret;
  private final GroupCommit group;
  private final AtomicInteger refused = new AtomicInteger();

  /// @param secret what `setWebhook` is told as `secret_token`
  /// @param stored called after each commit
  public WebhookBot(long botId, Secret secret, Jdbi jdbi, Inbox inbox, Runnable stored) {
    this.secret = secret.value().getBytes(UTF_8);
    this.group = new GroupCommit(botId, jdbi, inbox, stored);
  }

  /// How many came without the right secret since this was last asked.
  public int takeRefused() {
    return refused.getAndSet(0);
  }

  /// Lets what waits be stored.
  @Override
  public void close() {
    group.close();
  }

  /// In a time that does not depend on where the two differ.
  boolean isSecret(@Nullable String shown) {
    boolean right = shown != null && MessageDigest.isEqual(secret, shown.getBytes(UTF_8));
    if (!right) {
      refused.incrementAndGet();
    }
    return right;
  }

  GroupCommit group() {
    return group;
  }
}
