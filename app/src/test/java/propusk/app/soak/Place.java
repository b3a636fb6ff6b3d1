package propusk.app.soak;

/// Where a process is stopped from outside.
sealed interface Place {

  /// A transaction, before it changes a row.
  ///
  /// @param event `INSERT` or `UPDATE`
  /// @param when which change, in SQL on `OLD` and `NEW`
  record Change(String table, String event, String when) implements Place {}

  /// The same transaction while it commits: after this it is done, and its client may be dead.
  record Commit(String table, String event, String when) implements Place {}

  /// A call to Telegram, before it is answered.
  record Call(String method) implements Place {}
}
