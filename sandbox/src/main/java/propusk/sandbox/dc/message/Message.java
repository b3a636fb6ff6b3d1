package propusk.sandbox.dc.message;

/// One message of a session, outgoing or incoming.
///
/// See <https://core.telegram.org/mtproto/description#message>.
final class Message {
  private final long id;
  private final int seqNo;
  private final byte[] body;

  Message(long id, int seqNo, byte[] body) {
    this.id = id;
    this.seqNo = seqNo;
    this.body = body;
  }

  /// Time in the upper half; the lower two bits tell who wrote it and why.
  long id() {
    return id;
  }

  /// Odd for messages that must be acknowledged.
  int seqNo() {
    return seqNo;
  }

  byte[] body() {
    return body;
  }
}
