package propusk.domain.outbox;

/// What goes first when many messages wait; within a chat it also decides the order.
public enum Priority {
  /// Somebody is waiting for it: the answer to a command, the end of a login.
  REPLY(0),
  /// News about the person's own account.
  NOTICE(1),
  /// The same for many people.
  BULK(2);

  private final int rank;

  Priority(int rank) {
    this.rank = rank;
  }

  /// The number in the database: the smallest goes first.
  int rank() {
    return rank;
  }
}
