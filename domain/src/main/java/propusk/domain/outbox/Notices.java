package propusk.domain.outbox;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import org.jdbi.v3.core.Handle;

/// Messages whose words are found when they are sent, in the person's language: owed in the
/// transaction of what they tell of, by whatever process. Their subjects are strings here, so that
/// this package does not know what they are.
public final class Notices {
  static final String LOGIN_ENDED = "login_ended";
  static final String LOGIN_MAY_GO_ON = "login_may_go_on";
  static final String SESSION_ENDED = "session_ended";
  static final String DATA_DELETED = "data_deleted";
  static final String NEW_EVENT = "new_event";
  static final String EVENT_CANCELLED = "event_cancelled";
  static final String DEVICE_STOLEN = "device_stolen";
  static final String SIGN_IN_ASKED = "sign_in_asked";
  static final String REGISTRATION_CODE = "registration_code";

  private final OutboxStore store;

  public Notices(InstantSource clock) {
    store = new OutboxStore(clock);
  }

  /// How a login ended.
  public void loginEnded(Handle handle, long botId, long chatId, String loginId) {
    store.insertNotice(handle, botId, chatId, Priority.REPLY, LOGIN_ENDED, loginId);
  }

  /// That Telegram's pause after a login is over, told when it is.
  public void loginMayGoOn(Handle handle, long botId, long chatId, String loginId, Instant at) {
    store.insertNotice(handle, botId, chatId, Priority.NOTICE, LOGIN_MAY_GO_ON, loginId, at);
  }

  /// What became of a saved Telegram session.
  public void sessionEnded(Handle handle, long botId, long chatId, String sessionId) {
    store.insertNotice(handle, botId, chatId, Priority.NOTICE, SESSION_ENDED, sessionId);
  }

  /// That a person's data are deleted: nothing of theirs is left to find words by.
  ///
  /// @param how the language, and whatever the words depend on
  public void dataDeleted(Handle handle, long botId, long chatId, String how) {
    store.insertNotice(handle, botId, chatId, Priority.REPLY, DATA_DELETED, how);
  }

  /// That an organization has a new event, for everybody who wants to hear of them.
  ///
  /// @return how many are told
  public int newEvent(Handle handle, Collection<Chat> chats, String eventId) {
    return store.insertForAll(handle, chats, NEW_EVENT, eventId);
  }

  /// That an event is cancelled, for everybody who has a place there.
  ///
  /// @return how many are told
  public int eventCancelled(Handle handle, Collection<Chat> chats, String eventId) {
    return store.insertForAll(handle, chats, EVENT_CANCELLED, eventId);
  }

  /// That a remembered browser's cookie was copied, and what was done.
  public void deviceStolen(Handle handle, long botId, long chatId, String deviceId) {
    store.insertNotice(handle, botId, chatId, Priority.NOTICE, DEVICE_STOLEN, deviceId);
  }

  /// The question whether a browser may enter; it is dropped where it is too late.
  public void signInAsked(Handle handle, long botId, long chatId, String signInId) {
    store.insertNotice(handle, botId, chatId, Priority.REPLY, SIGN_IN_ASKED, signInId);
  }

  /// The code of a registration: it is made when the message is sent.
  public void registrationCode(Handle handle, Chat chat, String registrationId) {
    store.insertNotice(
        handle, chat.botId(), chat.chatId(), Priority.REPLY, REGISTRATION_CODE, registrationId);
  }
}
