package propusk.mtproto.tdlib;

import java.time.Duration;
import java.util.Optional;

/// TDLib's JSON interface: the seam where another binding of the same library would plug in.
///
/// `receive` is called by one thread only: two at once abort the process. The others may be called
/// from any thread. See
/// [td_json_client.h](https://core.telegram.org/tdlib/docs/td__json__client_8h.html).
public interface TdJson {
  /// A new instance; it starts with its first request. Ids are never reused.
  int createClientId();

  void send(int clientId, String request);

  /// The next update or answer of any client, or empty when nothing came in time.
  Optional<String> receive(Duration timeout);

  /// Runs one of the few synchronous requests (logging) and returns its answer.
  String execute(String request);
}
