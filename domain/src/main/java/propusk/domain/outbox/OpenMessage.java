package propusk.domain.outbox;

/// A message that waits to be sent.
///
/// @param attempts how often sending it failed before
public record OpenMessage(long id, long botId, long chatId, int attempts, Content content) {

  /// What to send.
  public sealed interface Content {

    /// A request as the bot module wrote it.
    record Request(String request) implements Content {
      @Override
      public String toString() {
        return "Request[…]";
      }
    }

    /// How this login ended; the words are still to be found.
    record LoginEnded(String loginId) implements Content {}

    /// The pause after this login is over; the words are still to be found.
    record LoginMayGoOn(String loginId) implements Content {}

    /// What became of this saved Telegram session; the words are still to be found.
    record SessionEnded(String sessionId) implements Content {}

    /// A person's data are deleted.
    ///
    /// @param how what the words depend on
    record DataDeleted(String how) implements Content {}

    /// An organization has this new event; the words are still to be found.
    record NewEvent(String eventId) implements Content {}

    /// This event is cancelled; the words are still to be found.
    record EventCancelled(String eventId) implements Content {}

    /// This remembered browser's cookie was copied; the words are still to be found.
    record DeviceStolen(String deviceId) implements Content {}

    /// Whether this sign-in's browser may enter; the words are still to be found.
    record SignInAsked(String signInId) implements Content {}

    /// This registration's code; code and words are still to be made.
    record RegistrationCode(String registrationId) implements Content {}

    /// A request whose seal does not open: it cannot be sent.
    record Unreadable() implements Content {}
  }
}
