package propusk.mtproto.client;

import java.time.Duration;
import java.util.Optional;

/// A client and its mailbox, run by one thread; hints may come from any.
public final class TelegramClient {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(5);

  /// More than TDLib needs that is closed at a bad moment, see [#settle].
  private static final Duration CLOSE = Duration.ofSeconds(30);

  private final TdClient td;
  private final Signals signals;

  TelegramClient(TdClient td, Signals signals) {
    this.td = td;
    this.signals = signals;
  }

  /// The next signal, or empty when none came in time.
  public Optional<Signal> next(Duration within) throws InterruptedException {
    return signals.next(within);
  }

  public void rowChanged() {
    signals.rowChanged();
  }

  /// Sends without waiting; a refusal comes as a signal.
  public void request(TdRequest<?> request) {
    td.begin(request).onRefusal(signals::refused);
  }

  /// @throws TdRefused when the answer is an error
  /// @throws TdSilent when none came in time
  public <R> R ask(TdRequest<R> request, Duration within) throws InterruptedException {
    return td.ask(request, within);
  }

  /// The Telegram id that is authorized here.
  public long myId(Duration within) throws InterruptedException {
    var value = ask(new TdRequest.GetOption("my_id"), within).value();
    if (value == null) throw new IllegalStateException("TDLib is ready and knows no id");
    return Long.parseLong(value);
  }

  /// Lets a new login come to rest before it is closed.
  ///
  /// Closed on its way into another data centre, TDLib asks for that again and again without a
  /// pause: it is Closed only after some twenty seconds, and for ten of them no other client of the
  /// same TDLib thread is served.
  ///
  /// @return false when it is still on its way
  public boolean settle(Duration within) throws InterruptedException {
    var deadline = Deadline.after(within);
    while (td.entering()) {
      if (deadline.passed()) return false;
      Thread.sleep(LOOK_AGAIN);
    }
    return true;
  }

  /// Closes and waits for Closed: only then may the files be touched.
  ///
  /// @throws TdHung when that does not come
  public void close() throws InterruptedException {
    td.close();
    if (!td.awaitClosed(CLOSE)) throw new TdHung();
  }

  /// Logs out on the server and waits for Closed. False: the server was not reached; TDLib finishes
  /// the log-out when the same files are opened again.
  public boolean logOut(Duration within) throws InterruptedException {
    td.logOut();
    return td.awaitClosed(within);
  }

  public boolean awaitClosed(Duration within) throws InterruptedException {
    return td.awaitClosed(within);
  }

  public boolean isClosed() {
    return td.isClosed();
  }

  TdClient td() {
    return td;
  }
}
