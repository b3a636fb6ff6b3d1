package propusk.sandbox.dc.message;

import static propusk.sandbox.dc.crypto.Octets.cut;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import propusk.sandbox.dc.crypto.Octets;
import propusk.sandbox.dc.schema.TlWriter;

/// What a session still has to send, and what it sent but was not acknowledged. Safe for many
/// threads.
///
/// See
/// <https://core.telegram.org/mtproto/service_messages_about_messages#acknowledgment-of-receipt>.
final class Outgoing {
  static final int CONTAINER = 0x73f1f8dc;
  static final int RESULT = 0xf35c6d01;

  /// More than this many unacknowledged messages are forgotten, oldest first.
  private static final int KEPT = 256;

  private final MessageIds ids;
  private final Deque<Message> waiting = new ArrayDeque<>();
  private final Map<Long, Message> unacknowledged = new LinkedHashMap<>();
  private int numbered;

  Outgoing(MessageIds ids) {
    this.ids = ids;
  }

  /// Queues something that the client must acknowledge, and that is sent again until it does.
  synchronized void addImportant(byte[] body, boolean answer) {
    var message = new Message(answer ? ids.forAnswer() : ids.forNotice(), 2 * numbered++ + 1, body);
    waiting.add(message);
    unacknowledged.put(message.id(), message);
    if (unacknowledged.size() > KEPT) {
      unacknowledged.remove(unacknowledged.keySet().iterator().next());
    }
  }

  /// Queues something that may get lost.
  synchronized void add(byte[] body, boolean answer) {
    waiting.add(new Message(answer ? ids.forAnswer() : ids.forNotice(), 2 * numbered, body));
  }

  synchronized void acknowledged(List<Long> messageIds) {
    messageIds.forEach(unacknowledged::remove);
  }

  /// Queues everything unacknowledged again, for a new connection.
  synchronized void repeatAll() {
    waiting.removeIf(message -> unacknowledged.containsKey(message.id()));
    unacknowledged.values().forEach(waiting::add);
  }

  synchronized void repeat(List<Long> messageIds) {
    for (long id : messageIds) {
      Optional.ofNullable(unacknowledged.get(id)).ifPresent(waiting::add);
    }
  }

  /// Queues the answer to a request again; false if there is none, or the client has it.
  synchronized boolean repeatAnswerTo(long requestId) {
    var answer = unacknowledged.values().stream().filter(m -> answers(m, requestId)).findFirst();
    answer.ifPresent(waiting::add);
    return answer.isPresent();
  }

  /// Takes everything that waits, as one message: several go into a container.
  synchronized Optional<Message> take() {
    var messages = new ArrayList<>(waiting);
    waiting.clear();
    if (messages.size() < 2) {
      return messages.stream().findFirst();
    }
    var container = new TlWriter().writeInt(CONTAINER).writeInt(messages.size());
    for (var message : messages) {
      container
          .writeLong(message.id())
          .writeInt(message.seqNo())
          .writeInt(message.body().length)
          .writeRaw(message.body());
    }
    return Optional.of(new Message(ids.forNotice(), 2 * numbered, container.toBytes()));
  }

  private static boolean answers(Message message, long requestId) {
    var body = message.body();
    return body.length > 12
        && (int) Octets.longAt(cut(body, 0, 8), 0) == RESULT
        && Octets.longAt(body, 4) == requestId;
  }
}
