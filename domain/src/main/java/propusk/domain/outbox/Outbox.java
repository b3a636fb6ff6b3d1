package propusk.domain.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import propusk.domain.seal.Sealer;

/// Messages our bots owe: written in the transaction of the change they tell of and sent after its
/// commit, in order per chat. After a crash a message may be sent again; it is never lost. A chat
/// that refused our messages gets none until the person writes again.
public final class Outbox {
  private final Sealer sealer;
  private final OutboxStore store;
  private final Notices notices;

  /// @param sealer holds `SECRET_KEY`
  public Outbox(Sealer sealer, InstantSource clock) {
    this.sealer = sealer;
    store = new OutboxStore(clock);
    notices = new Notices(clock);
  }

  public void send(Handle handle, OutboxMessage message) {
    sendAll(handle, List.of(message));
  }

  /// Those for one chat in this order.
  public void sendAll(Handle handle, List<OutboxMessage> messages) {
    if (messages.isEmpty()) {
      return;
    }
    var ids = store.nextIds(handle, messages.size());
    var sealed =
        IntStream.range(0, ids.size())
            .mapToObj(n -> sealer.seal(messages.get(n).request().getBytes(UTF_8), seal(ids.get(n))))
            .toArray(byte[][]::new);
    store.insertRequests(handle, ids, messages, sealed);
  }

  /// Tells how a login ended. The words are found when the message is sent, in the person's
  /// language.
  ///
  /// @param loginId the login's id; a string here, so that this package does not know logins
  public void loginEnded(Handle handle, long botId, long chatId, String loginId) {
    notices.loginEnded(handle, botId, chatId, loginId);
  }

  /// Tells at this moment that the pause is over which Telegram asked for when it ended a login.
  public void loginMayGoOn(Handle handle, long botId, long chatId, String loginId, Instant at) {
    notices.loginMayGoOn(handle, botId, chatId, loginId, at);
  }

  static String seal(long id) {
    return "outbox:" + id;
  }
}
