package propusk.mtproto.client;

import java.time.Duration;
import java.util.Optional;

/// A client and its mailbox, run by one thread; hints may come from any.
public final class TelegramClient {
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

  /// Closes and waits: only when this answers true may the files be touched.
  public boolean close(Duration within) throws InterruptedException {
    td.close();
    return td.awaitClosed(within);
  }

  /// Logs out on the server and waits for Closed. False: the server was not reached; TDLib finishes
  /// the log-out when the same files are opened again.
  public boolean logOut(Duration within) throws InterruptedException {
    td.logOut();
    return td.awaitClosed(within);
  }

  public boolean isClosed() {
    return td.isClosed();
  }

  /// For a caller whose patience is over.
  public TdSilent silentOn(String what) {
    return new TdSilent(what);
  }

  TdClient td() {
    return td;
  }
}
