package propusk.app.soak;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;

/// What somebody did or was told, seen from outside: the ledger holds our rows against it.
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "fact")
sealed interface Fact {

  /// The bot gave this person the button of a login.
  record Promised(String login, long person) implements Fact {}

  /// The page was opened: `POST /qr-auth/open` answered 200 with this bearer.
  record Opened(String login, String bearer) implements Fact {}

  /// A person is about to let the login's client in, with or without success.
  record Approving(String login, long person) implements Fact {}

  /// Telegram took it: from now on a session is theirs.
  record Approved(String login, long person, Instant at) implements Fact {}

  /// The page was told that the login ended so.
  record Told(String login, String status) implements Fact {}

  /// Everything was up again after a kill.
  record Recovered(Instant at) implements Fact {}
}
